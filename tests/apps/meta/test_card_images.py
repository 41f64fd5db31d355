"""Card images: what is drawn, how often, and at which address."""

from __future__ import annotations

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.db import DatabaseError
from django.urls import NoReverseMatch
from PIL import Image

from smo_kit.core.cards import Card, card_for
from smo_kit.meta import drawing, fonts, images, pictures, recipes
from smo_kit.meta.drawing import HEAVIEST, _jpeg
from smo_kit.meta.image_storage import card_storage
from smo_kit.meta.images import image_of
from smo_kit.meta.models import CardImage
from smo_kit.meta.recipes import Recipe, recipe_for
from tests.apps.meta.conftest import content

RECIPE = Recipe(title="A title", site="A site", background="#16213a", text="#ffffff", accent="#ffb703")
TITLES = [
    "Short",
    "Как сделать так, чтобы ссылкой хотелось поделиться, и не потерять при этом лицо",
    "w" * 150,
    "word " * 30,
    "عنوان باللغة العربية Django",
    "漢字の見出し",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "Z̸̢̛͔͓̑͐͜a̴l̷g̶o" * 10,
    "\u200b\u200d",
    "<script>alert(1)</script>",
    "",
]


def draw(recipe: Recipe, shape: str = "wide") -> bytes:
    return drawing.draw(recipe, shape).jpeg


@pytest.fixture
def drawn(monkeypatch) -> list[Recipe]:
    """What has been drawn."""
    found: list[Recipe] = []
    monkeypatch.setattr(images, "draw", lambda recipe, shape: found.append(recipe) or drawing.draw(recipe, shape))
    return found


def address(head, path="/posts/first/") -> str:
    return content(head(path), "og:image").removeprefix("http://testserver")


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_baseline_jpeg_that_messengers_take(title):
    data = draw(replace(RECIPE, title=title))
    image = Image.open(io.BytesIO(data))
    image.load()
    assert (image.format, image.size, image.mode) == ("JPEG", (1200, 630), "RGB")
    assert not image.info.get("progressive")
    assert b"\xff\xc0" in data
    assert b"\xff\xc2" not in data
    assert len(data) < HEAVIEST


def test_even_noise_is_made_light_enough():
    assert len(_jpeg(Image.effect_noise((1200, 630), 200).convert("RGB"))) < HEAVIEST


def test_the_colours_are_those_of_the_settings():
    image = Image.open(io.BytesIO(draw(replace(RECIPE, background="#fed", accent="#008000"))))
    near = [abs(a - b) for a, b in zip(image.getpixel((5, 620)), (0xFF, 0xEE, 0xDD), strict=True)]
    assert max(near) <= 20
    assert any(green > 100 and red < 40 for red, green, _ in {image.getpixel((x, 78)) for x in range(72, 184)})


def test_a_title_that_no_font_can_draw_gives_way_to_the_site_s_name(latin_only):
    unknown = replace(RECIPE, title="Чай и 茶, a")
    assert draw(unknown) == draw(replace(RECIPE, title=RECIPE.site))


def test_two_titles_make_two_pictures():
    assert draw(replace(RECIPE, title="One")) != draw(replace(RECIPE, title="Two"))


def test_the_address_is_a_hash_of_all_that_is_shown():
    assert re.fullmatch("[0-9a-f]{32}", RECIPE.digest)
    others = [
        replace(RECIPE, **change) for change in ({"title": "B"}, {"site": "B"}, {"accent": "#000"}, {"drawing": 1})
    ]
    assert len({RECIPE.digest, *(one.digest for one in others)}) == 5
    assert replace(RECIPE).digest == RECIPE.digest


@pytest.mark.django_db
def test_the_picture_is_at_the_address_that_the_page_names(client, head, post):
    response = client.get(address(head))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert not response.cookies


@pytest.mark.django_db
def test_who_has_it_is_told_so(client, head, post, drawn):
    url = address(head)
    etag = client.get(url).headers["ETag"]
    response = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(drawn) == 1


@pytest.mark.django_db
def test_it_is_drawn_once_and_then_taken_from_the_storage(client, head, post, drawn):
    url = address(head)
    assert client.get(url).content == client.get(url).content
    assert client.head(url).status_code == 200
    assert len(drawn) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"/smo/card/{'0' * 32}.jpg", "/smo/card/x.jpg", "/smo/card/../../x.jpg"])
def test_an_unknown_address_is_404_and_draws_nothing(client, drawn, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "ETag" not in response.headers
    assert not drawn


@pytest.mark.django_db
def test_a_picture_changes_nothing_by_a_post(client, head, post):
    assert client.post(address(head)).status_code == 405


@pytest.mark.django_db
def test_a_lost_or_broken_file_is_drawn_again(client, head, post, drawn):
    url = address(head)
    whole = client.get(url).content
    name = next(f"smo/cards/{d[:2]}/{d}.jpg" for d in CardImage.objects.values_list("digest", flat=True))
    default_storage.delete(name)
    assert client.get(url).content == whole
    with default_storage.open(name, "wb") as file:
        file.write(whole[:1000])
    assert client.get(url).content == whole
    assert default_storage.size(name) == len(whole)
    assert len(drawn) == 3


@pytest.mark.django_db
def test_a_recipe_whose_row_was_rolled_back_is_still_drawn(client, head, post):
    url = address(head)
    CardImage.objects.all().delete()
    assert client.get(url).status_code == 200


@pytest.mark.django_db
def test_a_recipe_of_another_version_is_gone(client, caplog):
    CardImage.objects.create(digest="a" * 32, recipe={"wallpaper": "paisley"})
    assert client.get(f"/smo/card/{'a' * 32}.jpg").status_code == 404
    assert "made of other things" in caplog.text


def test_many_who_come_at_once_wait_for_one_drawing(drawn):
    start = threading.Barrier(8)

    def ask(_: int) -> bytes:
        start.wait()
        return image_of(RECIPE).jpeg

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(drawn) == 1
    assert len(found) == 1


def test_who_has_waited_long_enough_draws_for_himself(drawn, monkeypatch):
    monkeypatch.setattr(images, "PATIENCE", -1.0)
    cache.add(f"smo:drawing:{images.name_of(RECIPE, 'wide')}", 1)
    assert image_of(RECIPE).jpeg == draw(RECIPE)
    assert not default_storage.exists(f"smo/cards/{RECIPE.digest[:2]}/{RECIPE.digest}.jpg")


def test_a_drawing_that_fails_lets_the_next_one_try(monkeypatch):
    def fail(recipe, shape):
        raise MemoryError

    monkeypatch.setattr(images, "draw", fail)
    with pytest.raises(MemoryError):
        image_of(RECIPE)
    monkeypatch.setattr(images, "draw", drawing.draw)
    assert image_of(RECIPE).jpeg == draw(RECIPE)


def test_a_storage_that_takes_nothing_still_lets_readers_see_it(monkeypatch, caplog):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(storages["default"]), "save", full)
    assert image_of(RECIPE).jpeg == draw(RECIPE)
    assert "Check the storage" in caplog.text


def test_a_storage_of_their_own_is_used(settings, drawn):
    settings.STORAGES = {**settings.STORAGES, "smo_cards": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert isinstance(card_storage(), InMemoryStorage)
    assert image_of(RECIPE) == image_of(RECIPE)
    assert len(drawn) == 1


def test_nothing_is_written_where_the_server_happens_to_stand(settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings.MEDIA_ROOT = ""
    assert image_of(RECIPE).jpeg == draw(RECIPE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_pages_of_one_title_share_one_picture():
    cards = [card_for(Card(url=f"/{n}/", title="Same", language="en")) for n in range(3)]
    assert len({card.image_url for card in cards}) == 1
    assert CardImage.objects.count() == 1


@pytest.mark.django_db
def test_a_card_that_nobody_registered_has_a_picture_too(client):
    card = card_for(Card(url="/a/", title="Nobody's", language="en"))
    assert client.get(card.image_url).status_code == 200
    assert CardImage.objects.get().recipe["title"] == "Nobody's"


@pytest.mark.django_db
def test_titles_that_visitors_make_up_do_not_fill_the_table(monkeypatch):
    monkeypatch.setattr(pictures, "NAMELESS_AN_HOUR", 3)
    cards = [card_for(Card(url="/search/", title=f"Search for {n}", language="en")) for n in range(6)]
    assert len({card.image_url for card in cards}) == 4  # three and the site's general one
    assert {one.recipe["title"] for one in CardImage.objects.all()} == {
        "Search for 0",
        "Search for 1",
        "Search for 2",
        "Test site",
    }
    again = card_for(Card(url="/search/", title="Search for 0", language="en"))
    assert again.image_url == cards[0].image_url


@pytest.mark.django_db
def test_sixty_titles_an_hour_are_a_visitor_s_most():
    urls = {card_for(Card(url="/search/", title=f"Search for {n}", language="en")).image_url for n in range(62)}
    assert len(urls) == 61


@pytest.mark.django_db
def test_pages_of_objects_get_their_pictures_however_many_there_are(monkeypatch, post):
    monkeypatch.setattr(pictures, "NAMELESS_AN_HOUR", 0)
    card_for(post)
    assert CardImage.objects.get().recipe["title"] == "A first post"


@pytest.mark.django_db
def test_every_server_names_the_same_address_whatever_its_fonts(monkeypatch):
    def walk():
        raise AssertionError("Who only names the address must not look for fonts.")

    here = recipe_for("Tea").digest
    monkeypatch.setattr(fonts, "chain", walk)
    assert recipe_for("Tea").digest == here


@pytest.mark.django_db
def test_an_empty_title_shows_the_site_s_name():
    assert recipe_for("").title == "Test site"


@pytest.mark.django_db
def test_without_our_urls_pages_have_no_picture_but_work(monkeypatch, caplog):
    def no_address(recipe):
        raise NoReverseMatch

    monkeypatch.setattr(pictures, "picture_of", no_address)
    assert card_for(Card(url="/a/", title="A", language="en")).image is None
    assert 'add path("smo/", include("smo_kit.urls"))' in caplog.text


@pytest.mark.django_db
def test_a_database_that_can_only_be_read_is_no_reason_to_fail(monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise DatabaseError("read-only")

    monkeypatch.setattr(type(CardImage.objects), "bulk_create", refuse)
    assert card_for(Card(url="/a/", title="A", language="en")).image is None
    assert "Card images can't be kept" in caplog.text


@pytest.mark.django_db
def test_recipes_are_remembered_by_two_queries_at_the_most(django_assert_num_queries):
    many = [recipe_for(f"Title {n}") for n in range(20)]
    with django_assert_num_queries(4):  # and the two of a savepoint
        assert recipes.remember(many)
    with django_assert_num_queries(0):
        assert recipes.remember(many)
    cache.clear()
    with django_assert_num_queries(1):
        assert recipes.remember(many)
