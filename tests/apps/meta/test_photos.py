"""A page's own picture on a card image: cut, kept, and whatever may be wrong with it."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from PIL import Image, ImageChops, ImageCms, ImageStat, JpegImagePlugin

from smo_kit.core.cards import card_for, forget_card
from smo_kit.core.subjects import key_of
from smo_kit.meta import prepared
from smo_kit.meta.drawing import draw
from smo_kit.meta.images import image_of, is_made
from smo_kit.meta.models import CardImage
from smo_kit.meta.origins import LARGEST, Origin, TooHeavy, read
from smo_kit.meta.overrides import save_words
from smo_kit.meta.photos import cut, focus_of, window
from smo_kit.meta.prepared import forget_prepared, photo_for
from smo_kit.meta.recipes import Recipe, known_recipe, pictured
from smo_kit.meta.shapes import SHAPES, WIDE
from smo_kit.meta.sheets import Sheet
from smo_kit.meta.sources import Unusable
from smo_kit.meta.veils import Veil, lay
from tests.apps.meta.conftest import picture
from tests.apps.meta.test_sources import animated, huge_png, noise, post_with

pytestmark = pytest.mark.django_db

RECIPE = Recipe(title="Tea", site="Site", background="#16213a", text="#fff", accent="#ffb703", template="photo")
SIZE = (1200, 630)


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(size=(1200, 600)) -> Image.Image:
    """Return a picture that is red on its left and blue on its right half."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def near(colour, wanted, most=12) -> bool:
    return max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) <= most


@pytest.mark.parametrize("size", [SIZE, (1200, 1200), (1000, 1500), (500, 630)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_it_has_exactly_the_size_that_is_asked_for(kind, size):
    image = cut(encoded(halves(), kind), size)
    assert (image.size, image.mode) == (size, "RGB")


def test_it_is_turned_as_its_camera_was():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    image = cut(encoded(halves(), exif=exif), (600, 1200))
    assert near(image.getpixel((300, 100)), (254, 0, 0))
    assert near(image.getpixel((300, 1100)), (0, 0, 254))


def test_a_large_jpeg_that_is_turned_is_read_small_enough_and_large_enough():
    exif = Image.Exif()
    exif[0x0112] = 8
    assert cut(encoded(halves((4000, 3000)), exif=exif), (1000, 1500)).size == (1000, 1500)


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "P", "PA", "1", "I;16", "RGBA"])
def test_every_kind_of_colours_becomes_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        image = Image.new("I;16", (400, 400), 32768)
    elif mode == "PA":
        image = Image.new("RGBA", (400, 400), (255, 0, 0, 128)).quantize(4)
    else:
        image = Image.new("L", (400, 400), 128).convert(mode)
    found = cut(encoded(image, kind), (200, 200))
    assert found.mode == "RGB"
    if mode in {"L", "I;16", "CMYK"}:
        assert near(found.getpixel((100, 100)), (128, 128, 128), 14)


def test_what_can_be_seen_through_lies_on_white():
    image = Image.new("RGBA", (400, 400), (255, 0, 0, 0))
    assert cut(encoded(image, "PNG"), (200, 200)).getpixel((9, 9)) == (255, 255, 255)


def test_colours_are_those_of_the_profile():
    image = Image.new("RGB", (400, 400), (200, 30, 30))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert cut(encoded(image, icc_profile=profile), (200, 200)).mode == "RGB"
    assert cut(encoded(image, icc_profile=b"no profile"), (200, 200)).mode == "RGB"
    right = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(cut(encoded(image, icc_profile=right), (200, 200)).getpixel((9, 9)), (200, 30, 30))


def test_of_what_moves_the_first_picture_is_taken():
    assert near(cut(animated("GIF").read(), (200, 200)).getpixel((9, 9)), (255, 0, 0))


def test_a_picture_of_fifty_megapixels_is_cut():
    data = encoded(Image.new("RGB", (8688, 5792), "#336699"))
    assert near(cut(data, SIZE).getpixel((600, 300)), (0x33, 0x66, 0x99))


def test_a_bomb_is_not_opened():
    with pytest.raises(Unusable):
        cut(huge_png(9000, 9000).read(), SIZE)


def test_a_file_that_is_too_heavy_is_not_read(monkeypatch):
    name = default_storage.save("a.jpg", picture())
    monkeypatch.setattr(type(storages["default"]), "size", lambda self, name: LARGEST + 1)
    with pytest.raises(TooHeavy):
        read("", name)


@pytest.mark.parametrize(("focus", "left"), [((0.0, 0.5), 0), ((0.5, 0.5), 300), ((1.0, 0.5), 600), ((0.4, 0.9), 180)])
def test_a_cut_has_the_focus_as_near_to_its_middle_as_can_be(focus, left):
    assert window((1200, 600), (600, 600), focus) == (left, 0, left + 600, 600)


@pytest.mark.parametrize("right", [False, True])
def test_the_focus_is_where_something_is_to_be_seen(right):
    image = Image.new("RGB", (1500, 600), "#999999")
    image.paste(Image.effect_noise((300, 400), 150).convert("RGB"), (1150 if right else 50, 100))
    across, _ = focus_of(image, (600, 600))
    assert (across > 0.6) == right
    assert (across < 0.4) != right


def test_of_an_even_picture_the_middle_is_taken():
    across, down = focus_of(Image.new("RGB", (1500, 600), "#999999"), (600, 600))
    assert abs(across - 0.5) < 0.05
    assert abs(down - 0.5) < 0.05


def test_a_picture_that_fits_is_shown_whole_until_an_editor_says_what_must_stay():
    post = post_with(ContentFile(encoded(halves((1000, 600))), name="a.jpg"))
    assert card_for(post, language="en").image_url == post.cover.url
    save_words(key_of(post, "en"), title="", description="", image="", image_alt="", focus="top")
    forget_card(post)
    card = card_for(post, language="en")
    assert (card.image.width, card.image.height) == SHAPES[WIDE]


def test_an_editor_says_what_must_stay(client):
    post = post_with(ContentFile(encoded(halves((2400, 700))), name="a.jpg"))
    seen = {}
    for focus in ("left", "right"):
        save_words(key_of(post, "en"), title="", description="", image="", image_alt="", focus=focus)
        forget_card(post)
        url = card_for(post, language="en").cuts["square"].url
        seen[focus] = Image.open(io.BytesIO(client.get(url).content)).getpixel((200, 600))
    assert near(seen["left"], (254, 0, 0), 20)
    assert near(seen["right"], (0, 0, 254), 20)


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The pictures that have been read."""
    names: list[str] = []
    monkeypatch.setattr(prepared, "read", lambda place, name: names.append(name) or read(place, name))
    return names


def test_a_picture_is_cut_once_for_all_cards_that_show_it(opened):
    origin = Origin("", default_storage.save("a.jpg", picture(2400, 1600)), "state")
    recipe = replace(RECIPE, photo=origin.name, photo_state="state")
    draw(recipe)
    draw(replace(recipe, title="Another"))
    forget_prepared()
    draw(replace(recipe, title="A third, in another process"))
    assert opened == ["a.jpg"]


@pytest.fixture
def veiled(monkeypatch) -> list[Veil]:
    """The veils that have been laid."""
    laid: list[Veil] = []
    monkeypatch.setattr(prepared, "lay", lambda veil, image: laid.append(veil) or lay(veil, image))
    return laid


def shown(recipe: Recipe, shape: str = WIDE) -> Image.Image:
    """Return a card image as another process draws it."""
    forget_prepared()
    return Image.open(io.BytesIO(draw(recipe, shape).jpeg))


def kept_pictures() -> int:
    return len(list(Path(default_storage.location).rglob("photos/*/*.jpg")))


@pytest.fixture
def noisy() -> Recipe:
    return replace(RECIPE, photo=default_storage.save("a.jpg", noise("JPEG")), photo_state="state")


def test_a_picture_is_kept_under_its_veil_when_a_second_card_shows_it(noisy, veiled):
    for number, kept in enumerate((1, 2, 2, 2), 1):
        shown(replace(noisy, title=f"Card {number}"))
        assert kept_pictures() == kept
    assert len(veiled) == 2


def test_words_of_another_height_or_colour_have_a_veil_of_their_own(noisy, veiled):
    shown(noisy)
    for other in ({"title": "A title of so many words that it takes three lines or four " * 2}, {"background": "#400"}):
        before = shown(noisy)
        assert ImageStat.Stat(ImageChops.difference(before, shown(replace(noisy, **other)))).mean[2] > 4
    assert len(set(veiled)) == 3


@pytest.mark.parametrize("shape", SHAPES)
def test_a_veil_from_the_storage_looks_like_one_that_is_laid_now(noisy, veiled, shape):
    cards = [shown(noisy, shape) for _ in range(3)]
    assert len(veiled) == 2
    for later in cards[1:]:
        assert (
            max(ImageStat.Stat(ImageChops.difference(cards[0], later)).mean) < 3
        )  # of noise, which a JPEG never keeps


def test_a_design_that_draws_on_the_picture_spoils_it_for_no_other_card(own_design, noisy):
    @own_design("scribbled", label="Scribbled", photo=True)
    def scribbled(sheet: Sheet) -> None:
        sheet.photo.paste("red", (0, 0, *sheet.photo.size))
        sheet.picture(sheet.photo, sheet.whole)

    before = draw(replace(noisy, template="cut")).jpeg
    draw(replace(noisy, template="scribbled"))
    assert draw(replace(noisy, template="cut")).jpeg == before


def test_only_a_card_that_is_all_photo_has_its_colours_in_half_the_pixels(noisy):
    sampling = {
        name: JpegImagePlugin.get_sampling(shown(replace(noisy, template=name)))
        for name in ("photo", "cut", "beside", "plain")
    }
    assert sampling == {"photo": 2, "cut": 2, "beside": 0, "plain": 0}


def test_another_file_of_the_same_name_is_another_picture(opened):
    name = default_storage.save("a.jpg", picture())
    assert photo_for(Origin("", name, "1"), SIZE, None)
    assert photo_for(Origin("", name, "2"), SIZE, None)
    assert len(opened) == 2


def test_without_a_storage_the_last_ones_are_in_memory(settings, opened, tmp_path, monkeypatch):
    name = default_storage.save("a.jpg", picture())
    data = read("", name)
    monkeypatch.setattr(prepared, "read", lambda place, name: opened.append(name) or data)
    settings.MEDIA_ROOT = ""
    assert photo_for(Origin("", name, "1"), SIZE, None)
    assert photo_for(Origin("", name, "1"), SIZE, None)
    assert opened == [name]
    for number in range(prepared.IN_MEMORY):
        photo_for(Origin("", name, f"other {number}"), SIZE, None)
    photo_for(Origin("", name, "1"), SIZE, None)
    assert len(opened) == prepared.IN_MEMORY + 2


def test_a_kept_cut_that_broke_off_is_made_again(opened):
    name = default_storage.save("a.jpg", noise("JPEG"))
    origin = Origin("", name, "1")
    photo_for(origin, SIZE, None)
    kept = prepared._name(origin, SIZE, None)
    whole = read("", kept)
    default_storage.delete(kept)
    default_storage.save(kept, ContentFile(whole[:300] + b"\xff\xd9"))
    forget_prepared()
    assert photo_for(origin, SIZE, None).size == SIZE


@pytest.mark.parametrize("template", ["photo", "cut"])
def test_a_picture_that_is_lost_later_is_replaced_for_a_minute_only(client, caplog, template):
    post = post_with(picture(1600, 900))
    save_words(key_of(post, "en"), title="", description="", image="", image_alt="", template=template)
    card = card_for(post, language="en")
    default_storage.delete(post.cover.name)
    answer = client.get(card.cuts["square"].url)
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 1200)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "ETag" not in answer.headers
    assert "goes without the picture" in caplog.text
    caplog.clear()
    assert client.get(card.cuts["square"].url).content == answer.content
    assert not caplog.records  # it is not tried at every request
    digest, shape = pictured(card.cuts["square"].url)
    assert not is_made(known_recipe(digest), shape)


def test_when_it_is_back_it_is_shown(client, settings):
    post = post_with(picture(1600, 900))
    url = card_for(post, language="en").cuts["tall"].url
    data = read("", post.cover.name)
    default_storage.delete(post.cover.name)
    assert client.get(url).headers["Cache-Control"] == "public, max-age=60"
    default_storage.save(post.cover.name, ContentFile(data))
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    answer = client.get(url)
    assert "immutable" in answer.headers["Cache-Control"]
    assert near(Image.open(io.BytesIO(answer.content)).getpixel((500, 700)), (0x33, 0x66, 0x99))


def test_the_site_may_draw_over_pictures(settings):
    settings.SMO_KIT = {"META": {"card_over_picture": True, "card_template": "beside"}}
    post = post_with(picture(1600, 900))
    card = card_for(post)
    assert card.image_url.startswith("/smo/card/")
    assert CardImage.objects.get().recipe["photo"] == post.cover.name


def test_an_editor_keeps_a_picture_as_it_is(settings):
    settings.SMO_KIT = {"META": {"card_over_picture": True}}
    post = post_with(picture(1600, 900))
    save_words(key_of(post, "en"), title="", description="", image="", image_alt="", template="cut")
    assert card_for(post, language="en").image_url == post.cover.url


def test_shapes_are_made_once_under_load(opened):
    origin = Origin("", default_storage.save("a.jpg", picture(2400, 1600)), "state")
    recipe = replace(RECIPE, photo=origin.name, photo_state="state")
    start = threading.Barrier(8)

    def ask(number: int) -> bytes:
        start.wait()
        return image_of(recipe, ("wide", "square")[number % 2]).jpeg

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 2
    assert len(opened) == 2
