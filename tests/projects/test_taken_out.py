"""Each app can be taken out of a site that has all of them, as ``docs/removing.md`` says; the others live on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from smo_kit.core.templatetags.smo import TAGS
from tests.projects.running import lived
from tests.projects.test_projects import STRICT, SUITE, call, with_needs

REMOVED = [app for app in SUITE if app not in {"smo_kit.core", "smo_kit.networks"}]
"""The two that all others need go with the whole suite: ``tests/sites`` does that."""


def gone_with(app: str) -> list[str]:
    """Return the app and what needs it, the needed ones last."""
    return [one for one in reversed(with_needs(*SUITE)) if one in SUITE and app in with_needs(one)]


def labels(names: list[str]) -> list[str]:
    return [one.label for name in names for one in apps.get_app_configs() if one.name == name and one.models_module]


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a database for each app: of a site that had them all, without the tables of this one."""
    folder = tmp_path_factory.mktemp("databases")
    copies = {app: folder / f"without-{app}.sqlite3" for app in REMOVED}
    dropped = {str(copy): labels(gone_with(app)) for app, copy in copies.items()}
    lived("project", *STRICT, apps=with_needs(*SUITE), database=str(folder / "all.sqlite3"), without_tables=dropped)
    return copies


@pytest.mark.parametrize("app", REMOVED)
def test_an_app_that_is_taken_out_leaves_a_working_site(databases: dict[str, Path], app: str) -> None:
    left = with_needs(*(one for one in SUITE if one not in gone_with(app)))
    tags = [call(tag) for one in left for tag in TAGS.get(one, ())]
    became = lived("project", *STRICT, apps=left, database=str(databases[app]), migrate=False, goes_on=True, tags=tags)
    assert became["said"] == []
    assert not [page for page in became["pages"].values() if page.startswith("TemplateSyntaxError")]
