"""The demo's own addresses, middleware and templates, over the tests' database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType

import pytest
from django.test import override_settings
from django.utils import timezone

from demo_site.articles.models import Article, Author, Tag, Translation
from demo_site.articles.pages import seed_pages
from demo_site.articles.seed import make_admin

SAME = (
    "CMS_LANGUAGES",
    "CMS_PAGE_CACHE",
    "CMS_PLACEHOLDER_CONF",
    "CMS_TEMPLATES",
    "CONTENT",
    "LANGUAGES",
    "LOCALE_PATHS",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "LOGOUT_REDIRECT_URL",
    "MIDDLEWARE",
    "ROOT_URLCONF",
    "SMO_DEMO_ADMIN_PASSWORD",
    "SMO_DEMO_KEEPS_MAIL",
    "SMO_DEMO_SHOWS_MAIL",
    "SMO_KIT",
    "SMO_TASKS",
    "TEMPLATES",
    "X_FRAME_OPTIONS",
)

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "SMO_TASKS"):
            patch.delenv(name, raising=False)
        patch.setenv("SMO_DEMO_HOME", str(tmp_path_factory.mktemp("state")))
        assert os.environ.get("DJANGO_SETTINGS_MODULE") != "demo_site.settings"
        return import_module("demo_site.settings")


@pytest.fixture(autouse=True, scope="module")
def as_the_demo(demo_settings, tmp_path_factory) -> Iterator[None]:
    """For a module, not a test: templates are compiled anew after each change of settings."""
    static = tmp_path_factory.mktemp("static")
    same = {name: getattr(demo_settings, name) for name in SAME}
    with override_settings(**same, STATIC_ROOT=static, MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def pages(db) -> None:
    """The pages that the demo starts with: the front page and About."""
    make_admin()
    assert seed_pages() == 2


@pytest.fixture
def make_article(db) -> MakeArticle:
    """Make an article in the languages named: ``make_article("one", "en", "ru", tags=["a"], author="anna")``."""

    def make(key: str, *languages: str, tags: tuple[str, ...] = (), author: str = "", **fields) -> Article:
        if author:
            fields["author"] = Author.objects.get_or_create(
                slug=author, defaults={"name_en": author.title(), "name_ru": f"{author}-по-русски"}
            )[0]
        article = Article.objects.create(key=key, **{"published_at": timezone.now(), **fields})
        for name in tags:
            article.tags.add(
                Tag.objects.get_or_create(slug=name, defaults={"name_en": name, "name_ru": f"ру-{name}"})[0]
            )
        for code in languages:
            Translation.objects.create(
                article=article, language=code, slug=f"{key}-{code}", title=f"{key} {code}", lead="Lead.", body="Body."
            )
        return article

    return make
