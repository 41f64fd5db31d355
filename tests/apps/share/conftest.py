from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory

from smo_kit.core.cards import Card
from tests.blog.models import Post, Story, Telling


@pytest.fixture
def post(db) -> Post:
    return Post.objects.create(slug="tea", title="Tea & <rum>", lead="On tea.")


@pytest.fixture
def story(db, django_capture_on_commit_callbacks) -> Story:
    """A story in two languages, with its snapshots."""
    with django_capture_on_commit_callbacks(execute=True):
        story = Story.objects.create()
        for code, title in (("en", "Tea"), ("ru", "Чай")):
            Telling.objects.create(story=story, language=code, slug=f"tea-{code}", title=title)
    return story


@pytest.fixture
def card() -> Card:
    return Card(url="/posts/tea/", title="Tea", summary="On tea.", author="Ada", tags=("green tea", "rum"))


@pytest.fixture
def share(settings) -> Callable[..., None]:
    """Set settings of the app in code: ``share(limit=3)``."""

    def change(**values: object) -> None:
        settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": values}

    return change


@pytest.fixture
def render(rf: RequestFactory) -> Callable[..., BeautifulSoup]:
    """Render the tag as a page would: ``render('look="both"', object=post)``."""

    def rendered(options: str = "", path: str = "/about/", **context: object) -> BeautifulSoup:
        template = Template(f"{{% load smo %}}{{% smo_share {options} %}}")
        return BeautifulSoup(template.render(Context({"request": rf.get(path), **context})), "html.parser")

    return rendered


@pytest.fixture
def show(rf: RequestFactory) -> Callable[..., BeautifulSoup]:
    """Render a template: ``show('{% smo_quote %}Tea{% endsmo_quote %}', object=post)``."""

    def shown(html: str, path: str = "/about/", **context: object) -> BeautifulSoup:
        template = Template(f"{{% load smo %}}{html}")
        return BeautifulSoup(template.render(Context({"request": rf.get(path), **context})), "html.parser")

    return shown
