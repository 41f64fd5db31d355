"""Each app starts alone with just what it needs, in sites of several shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps

from smo_kit.core.templatetags.smo import TAGS
from tests.projects.project import CONTRIB
from tests.projects.running import lived, start

STRICT = ["-W", "error", "-W", "ignore:The default scheme will be changed", "-W", "ignore:The EMAIL_"]
"""But for what Django 5.2 and 6.1 say of django-contrib-comments 2.2 and django-comments-xtd 2.10."""
SUITE = sorted(
    config.name
    for config in apps.get_app_configs()
    if config.name.startswith("smo_kit.") and not config.name.startswith("smo_kit.contrib.")  # test_cms has those
)
TAGS_OF = [(app, tag) for app, tags in TAGS.items() for tag in tags]
LEAST = {"auth", "contenttypes"}
CALLS = {
    "smo_comment_counts": "smo_comment_counts nothing",
    "smo_rating_counts": "smo_rating_counts nothing",
    "smo_head": "smo_head card",
    "smo_share": "smo_share card",
    "smo_quote": "smo_quote card %}words{% endsmo_quote",
    "smo_lock": "smo_lock card %}hidden{% endsmo_lock",
    "smo_pictures": "smo_pictures card %}words{% endsmo_pictures",
}
"""How a page calls the tags that speak of something."""


def site(installed: list[str], **wish: Any) -> dict[str, Any]:
    """Start a site with these apps and return what became of it."""
    return lived("project", *STRICT, apps=installed, **wish)


def with_needs(*names: str) -> list[str]:
    """Return apps and all that they need, the needed ones first."""
    found: list[str] = []
    for name in names:
        config = next(one for one in apps.get_app_configs() if one.name == name)
        for one in (*with_needs(*getattr(config, "needs", ())), name):
            if one not in found:
                found.append(one)
    return found


def needed_by(app: str) -> list[str]:
    """Return what our own error names: without django_comments and sites, django-comments-xtd itself can't start."""
    return [
        one for one in with_needs(app) if one not in {app, "smo_kit.core", "django_comments", "django.contrib.sites"}
    ]


def call(tag: str) -> str:
    return CALLS.get(tag, tag)


@pytest.mark.parametrize("app", SUITE)
def test_an_app_starts_with_just_what_it_needs(app):
    tags = [call(tag) for tag in TAGS.get(app, ())]
    became = site(with_needs(app), tags=tags)
    assert became["said"] == []
    assert not [page for page in became["pages"].values() if page.startswith("TemplateSyntaxError")]


@pytest.mark.parametrize("app", SUITE)
def test_it_does_so_on_a_site_that_has_little_of_django(app):
    """No sessions, no admin: nothing but contenttypes and auth, besides what the app itself asks for."""
    spared = [one for one in CONTRIB if one.partition("contrib.")[2] not in LEAST and one not in with_needs(app)]
    became = site(with_needs(app), without=spared, tags=[call(tag) for tag in TAGS.get(app, ())])
    assert became["said"] == []
    assert not [page for page in became["pages"].values() if page.startswith("TemplateSyntaxError")]


@pytest.fixture(scope="module")
def pages_of_few() -> dict[str, str]:
    """Return what each tag says on a site that has none of their apps."""
    pages: dict[str, str] = site(with_needs("smo_kit.networks"), tags=[tag for _, tag in TAGS_OF])["pages"]
    return pages


@pytest.mark.parametrize(("app", "tag"), TAGS_OF)
def test_a_tag_of_a_missing_app_says_which_to_add(pages_of_few, app, tag):
    said = f"TemplateSyntaxError: {{% {tag} %}} belongs to {app}: add '{app}' to INSTALLED_APPS."
    assert pages_of_few[tag] == said


@pytest.mark.parametrize(("app", "need"), [(app, need) for app in SUITE for need in needed_by(app)])
def test_it_is_said_what_an_app_needs(app, need):
    """By a check, or at the start where an app's tables can't even be imported without: by the first that needs it."""
    installed = [one for one in with_needs(app) if one != need]
    run = start("project", *STRICT, apps=installed, without=[need], migrate=False)
    said = json.loads(run.stdout)["said"] if run.stdout else run.stderr
    saying = [f"{one} needs {need}. Add '{need}' to INSTALLED_APPS, or remove '{one}'." for one in with_needs(app)]
    saying.append(f"Model class {need}.models.")  # Django says it of what another library can't be imported without
    assert any(words in said for words in saying)


@pytest.mark.parametrize(
    "missing",
    [
        "django.contrib.sites",
        "django.contrib.admin",
    ],
)
def test_the_suite_lives_without(missing):
    living = [app for app in SUITE if missing not in with_needs(app)]
    tags = [call(tag) for app, tag in TAGS_OF if app in living]
    became = site(with_needs(*living), without=[missing], tags=tags)
    assert became["said"] == []
    assert "http://testserver/page/" in became["pages"]["smo_head card"]


def test_without_the_request_in_templates_addresses_come_from_the_site_and_a_check_says_so():
    processor = "django.template.context_processors.request"
    became = site(
        with_needs(*SUITE),
        migrate=False,
        tables=True,
        without=[processor, "django.contrib.admin"],
        tags=[call(tag) for _, tag in TAGS_OF],
        smo_kit={"CORE": {"base_url": "https://magazine.example"}},
    )
    assert became["checks"] == ["smo_kit.E801", "smo_kit.W002"]
    assert "https://magazine.example/page/" in became["pages"]["smo_head card"]


def test_a_title_never_becomes_markup():
    became = site(with_needs(*SUITE), migrate=False, tables=True, tags=[call(tag) for _, tag in TAGS_OF])
    assert became["pages"]
    assert "<of>" not in "".join(became["pages"].values())
