"""A site with django CMS and djangocms-versioning. Without them these tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import override_settings

from tests.require import missing

collect_ignore_glob = [] if settings.HAS_CMS else ["test_*.py"]
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "sekizai.context_processors.sekizai",
    "cms.context_processors.cms_settings",
]
MIDDLEWARE = [
    *settings.MIDDLEWARE,
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "cms.middleware.toolbar.ToolbarMiddleware",
]


@pytest.fixture(scope="session", autouse=True)
def with_cms() -> None:
    if not settings.HAS_CMS:
        missing("django CMS")


@pytest.fixture(autouse=True, scope="module")
def as_a_cms_site() -> Iterator[None]:
    folder = Path(__file__).parent / "templates"
    engine = settings.TEMPLATES[0]
    templates = [{**engine, "DIRS": [folder], "OPTIONS": {"context_processors": PROCESSORS}}]
    with override_settings(ROOT_URLCONF="tests.apps.cms.urls", MIDDLEWARE=MIDDLEWARE, TEMPLATES=templates):
        yield


@pytest.fixture
def boss(db):
    return get_user_model().objects.create_superuser("boss", "boss@example.org", "x")


@pytest.fixture
def make_staff(db):
    """Make somebody of the staff with these permissions: ``make_staff("cms.change_page")``."""

    def make(*names: str):
        user = get_user_model().objects.create_user(f"staff{len(names)}", password="x", is_staff=True)
        for name in names:
            app, codename = name.split(".")
            user.user_permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
        return user

    return make


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do what waits for a commit: ``with committed(): …``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def make_page(boss, committed):
    """Make a page with a block: ``make_page("News", "en", "ru", share={"look": "both"})``."""
    from tests.apps.cms.site import Pages

    def make(*args, **kwargs):
        with committed():
            return Pages(boss).make(*args, **kwargs)

    return make
