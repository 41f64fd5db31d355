"""``manage.py smo_cards``."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from smo_kit.core.cards import card_for
from smo_kit.meta import images, prepared, prerendering
from smo_kit.meta.drawing import draw
from tests.apps.meta.conftest import picture
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts() -> list[Post]:
    return [Post.objects.create(slug=f"p{n}", title=f"Post {n}") for n in range(3)]


def figures(**options) -> dict:
    out = StringIO()
    call_command("smo_cards", json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_it_makes_every_shape_once(posts, monkeypatch):
    found = figures()
    assert found == {"total": 3, "done": 3, "made": 9, "there": 0, "without_photo": 0, "failed": 0, "missing": {}}
    monkeypatch.setattr(images, "draw", None)  # nothing is drawn any more
    assert (figures()["made"], figures()["there"]) == (0, 9)


def test_a_page_that_shows_its_own_picture_has_two_cuts():
    Post.objects.create(slug="a", title="A", cover=picture())
    assert figures()["made"] == 2


def test_pages_that_share_a_picture_count_it_once():
    for n in range(3):
        Post.objects.create(slug=f"p{n}", title="Same")
    assert figures()["made"] == 3


def test_what_it_made_is_what_readers_get(posts, client, monkeypatch):
    figures()
    monkeypatch.setattr(images, "draw", None)
    card = card_for(posts[0])
    for one in (card.image, *card.cuts.values()):
        assert client.get(one.url).status_code == 200


def test_who_stops_it_goes_on_where_it_was(posts, monkeypatch):
    drawn = []

    def stop(recipe, shape):
        if len(drawn) == 4:
            raise KeyboardInterrupt
        drawn.append(shape)
        return draw(recipe, shape)

    monkeypatch.setattr(images, "draw", stop)
    with pytest.raises(CommandError, match="Interrupted"):
        call_command("smo_cards", stdout=StringIO())
    monkeypatch.undo()
    found = figures()
    assert (found["made"], found["there"]) == (5, 4)


def test_a_failure_is_counted_and_said(posts, monkeypatch):
    def fail(recipe, shape):
        raise MemoryError

    monkeypatch.setattr(prerendering, "image_of", fail)
    with pytest.raises(CommandError, match="9 could not be made"):
        call_command("smo_cards", stdout=StringIO())


def test_a_photo_that_can_not_be_read_is_counted(monkeypatch):
    Post.objects.create(slug="a", title="A", cover=picture())

    def fail(place, name):
        raise TimeoutError

    monkeypatch.setattr(prepared, "read", fail)
    found = figures()
    assert (found["made"], found["without_photo"], found["failed"]) == (2, 2, 0)


def test_titles_without_a_font_are_named_with_the_cure(latin_only):
    Post.objects.create(slug="a", title="Чай и ქართული")
    out = StringIO()
    call_command("smo_cards", stdout=out)
    assert "1 titles have Cyrillic letters that no font has: install pip install 'smo-kit[cards]'." in out.getvalue()
    assert "Georgian letters that no font has: install the system's package fonts-noto-core." in out.getvalue()


def test_without_a_storage_it_says_so(settings):
    settings.MEDIA_ROOT = ""
    with pytest.raises(CommandError, match="MEDIA_ROOT"):
        call_command("smo_cards")
