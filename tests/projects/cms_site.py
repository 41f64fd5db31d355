"""A small CMS site in a process of its own: ``python -m tests.projects.cms_site '{"versioning": true, …}'``.

It makes a page with blocks and share settings, publishes it where there are versions, copies and changes it, and prints
what a reader saw at each step as JSON.
"""

from __future__ import annotations

import json
import sys
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.conf import settings
from django.core import checks
from django.core.management import call_command

SUITE = ["core", "networks", "engagement", "meta", "share", "follow", "contrib.cms"]
DJANGO = ["admin", "auth", "contenttypes", "messages", "sessions", "sites", "staticfiles"]
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "sekizai.context_processors.sekizai",
    "cms.context_processors.cms_settings",
]
TAGS = "{% load cms_tags sekizai_tags smo %}"
PAGE = '<head>HEAD{% render_block "css" %}</head>{% cms_toolbar %}{% placeholder "content" %}{% render_block "js" %}'


def configure(wish: dict[str, Any], media: str) -> None:
    without = wish["without"]
    head = "" if "meta" in without else "{% smo_head %}"
    template = TAGS + PAGE.replace("HEAD", head)
    settings.configure(
        SECRET_KEY="only-for-tests",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.apps.cms.urls",
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in DJANGO),
            *(f"smo_kit.{name}" for name in SUITE if name not in without),
            *("cms", "menus", "treebeard", "sekizai", "djangocms_text"),
            *(["djangocms_versioning"] if wish["versioning"] else []),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "cms.middleware.user.CurrentUserMiddleware",
            "cms.middleware.page.CurrentPageMiddleware",
            "cms.middleware.toolbar.ToolbarMiddleware",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": PROCESSORS,
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"page.html": template}),
                        "django.template.loaders.app_directories.Loader",
                    ],
                },
            }
        ],
        LANGUAGES=[("en", "English"), ("ru", "Русский")],
        LANGUAGE_CODE="en",
        SITE_ID=1,
        STATIC_URL="/static/",
        MEDIA_ROOT=media,
        USE_TZ=True,
        X_FRAME_OPTIONS="SAMEORIGIN",
        CMS_CONFIRM_VERSION4=True,
        CMS_PERMISSION=wish.get("permission", False),
        CMS_TEMPLATES=[("page.html", "Page")],
        SILENCED_SYSTEM_CHECKS=["treebeard.E001"],
    )
    django.setup()


def life_of(wish: dict[str, Any]) -> dict[str, Any]:
    from cms.api import add_plugin, create_page
    from cms.models import PageContent
    from django.contrib.auth import get_user_model
    from django.test import Client

    from smo_kit.contrib.cms.models import BlockPlugin, PageCard
    from smo_kit.core.models import CardRow

    call_command("migrate", verbosity=0)
    said = [f"{one.msg} {one.hint}" for one in checks.run_checks() if one.id != "treebeard.E001"]
    boss = get_user_model().objects.create_superuser("boss", "boss@example.org", "x")
    page = create_page("News", "page.html", "en", created_by=boss, slug="news")
    content = PageContent.admin_manager.get(page=page)
    content.rescan_placeholders()
    slot = content.get_placeholders().get(slot="content")
    add_plugin(slot, "TextPlugin", "en", body="<p>Words</p>")
    add_plugin(slot, "SmoSharePlugin", "en", options={"networks": ["telegram"]})
    PageCard.objects.create(extended_object=content, title="For networks")

    def seen() -> dict[str, Any]:
        answer = Client().get("/en/news/")
        text = answer.content.decode()
        parts = {"words": "Words", "block": "smo-pass", "card": "For networks", "changed": "Changed"}
        return {"status": answer.status_code, **{name: part in text for name, part in parts.items()}}

    def publish(one: Any) -> None:
        if wish["versioning"]:
            one.versions.first().publish(boss)

    found: dict[str, Any] = {"said": said, "draft": seen()}
    publish(content)
    found["published"] = seen()
    found["rows"] = list(CardRow.objects.values_list("title", flat=True))
    if wish["versioning"]:
        content = content.versions.first().copy(boss).content
    PageCard.objects.filter(extended_object=content).first().delete()
    PageCard.objects.create(extended_object=content, title="Changed")
    found["changed"] = seen()
    publish(content)
    found["published again"] = seen()
    found["rows again"] = list(CardRow.objects.values_list("title", flat=True))
    copied = page.copy(site=page.site, user=boss)
    mine = PageContent.admin_manager.filter(page=copied)
    found["copied cards"] = [one.pagecard.title for one in mine]
    found["copied blocks"] = [
        one.options for one in BlockPlugin.objects.filter(placeholder__in=mine[0].get_placeholders())
    ]
    if wish["versioning"]:
        content.versions.first().unpublish(boss)  # its versions keep a page from being deleted
    else:
        page.delete()
    found["rows of the deleted"] = CardRow.objects.filter(object_pk=str(page.pk)).count()
    return found


if __name__ == "__main__":
    with TemporaryDirectory(prefix="smo-kit-") as media:
        wish = json.loads(sys.argv[1])
        configure(wish, media)
        json.dump(life_of(wish), sys.stdout)
