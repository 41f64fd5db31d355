"""The templates of card images."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageChops, ImageStat

from smo_kit.core.cards import Card, card_for
from smo_kit.meta import designs, fonts, house_designs
from smo_kit.meta.colours import READABLE, contrast, covering, faint, mixed, on, rgb
from smo_kit.meta.designs import design_choices, design_named
from smo_kit.meta.drawing import HEAVIEST, draw
from smo_kit.meta.models import CardImage
from smo_kit.meta.origins import Origin
from smo_kit.meta.recipes import CUT, Recipe, recipe_for
from smo_kit.meta.shapes import SHAPES
from smo_kit.meta.sheets import Box, Sheet
from smo_kit.meta.typeset import pieces_of
from tests.apps.meta.conftest import picture
from tests.require import require_raqm

GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 4.0
"""Mean difference of two pictures' levels, of 255: what FreeType's next version may change."""
WORST_TILE = 30
"""The same of one of 144 parts: a bar that is gone is seen."""
RECIPE = Recipe(
    title="What a link preview is made of",
    site="The Tea Journal",
    background="#16213a",
    text="#ffffff",
    accent="#ffb703",
    author="Anna Petrova",
    date="25 November 2026",
    language="en",
)
NAMES = [name for name, _ in designs.design_choices()]


def hills() -> bytes:
    """Return a picture in which something is to be seen."""
    image = Image.linear_gradient("L").resize((1600, 1000)).convert("RGB")
    image.paste("#d0592b", (900, 300, 1300, 700))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def photo() -> Origin:
    return Origin("", default_storage.save("hills.jpg", ContentFile(hills())), "hills")


def with_hills(recipe: Recipe, photo: Origin) -> Recipe:
    return replace(recipe, photo=photo.name, photo_state=photo.state)


def opened(recipe: Recipe, shape: str = "wide") -> Image.Image:
    return Image.open(io.BytesIO(draw(recipe, shape).jpeg))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_every_template_draws_every_shape(name, shape, photo):
    recipe = replace(RECIPE, template=name)
    for one in (recipe, with_hills(recipe, photo), replace(recipe, title="", author="", date="", site="")):
        made = draw(one, shape)
        image = Image.open(io.BytesIO(made.jpeg))
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", SHAPES[shape])
        assert len(made.jpeg) < HEAVIEST
        assert made.whole


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_it_looks_as_it_did(name, shape, photo, monkeypatch):
    """Renew the pictures in ``golden`` by deleting them; then look at them."""
    pytest.importorskip("fontpkg_noto_sans")
    require_raqm()
    monkeypatch.setattr(fonts, "_of_system", lambda: ())
    monkeypatch.setattr(fonts, "emoji_file", lambda: "")
    fonts._found.cache_clear()
    fonts.forget_fonts()
    image = opened(with_hills(replace(RECIPE, template=name), photo), shape)
    fonts._found.cache_clear()
    fonts.forget_fonts()
    small = image.resize((image.width // 5, image.height // 5), Image.Resampling.BOX)
    golden = GOLDEN / f"{name}-{shape}.jpg"
    if not golden.exists():
        small.save(golden, quality=92, subsampling=0)
    with Image.open(golden) as before:
        difference = ImageChops.difference(small, before.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < TOLERANCE
    tiles = difference.resize((12, 12), Image.Resampling.BOX).getextrema()
    assert max(most for _, most in tiles) < WORST_TILE


@pytest.mark.parametrize("name", NAMES)
def test_no_two_templates_look_alike(name, photo):
    looks = {one: draw(with_hills(replace(RECIPE, template=one), photo)).jpeg for one in NAMES}
    assert list(looks.values()).count(looks[name]) == 1


def test_a_site_adds_its_own(own_design, settings):
    @own_design("ticket", label="Ticket", byline=False)
    def ticket(sheet: Sheet) -> None:
        sheet.fill(sheet.accent)
        sheet.words(sheet.title, sheet.inner, sheet.background, largest=90, smallest=40)

    assert ("ticket", "Ticket") in design_choices()
    red, _, blue = opened(replace(RECIPE, template="ticket")).getpixel((4, 4))
    assert red > 240
    assert blue < 20


def test_a_template_of_a_site_that_fails_gives_way(own_design, caplog):
    @own_design("ticket", label="Ticket")
    def ticket(sheet: Sheet) -> None:
        raise ZeroDivisionError

    assert draw(replace(RECIPE, template="ticket")).jpeg == draw(replace(RECIPE, template="plain")).jpeg
    assert "'ticket' of card images fails" in caplog.text


def test_a_template_that_is_gone_gives_way(caplog):
    assert design_named("gone").name == "plain"
    assert "no template 'gone'" in caplog.text


def test_right_to_left_everything_is_mirrored():
    require_raqm()
    arabic = replace(RECIPE, title="عنوان", template="plain")
    left, right = ((72, 70, 190, 90), (1010, 70, 1128, 90))
    assert _most(opened(replace(RECIPE, template="plain")).crop(left))[0] > 200
    assert _most(opened(arabic).crop(right))[0] > 200


def _most(image: Image.Image) -> tuple[int, int, int]:
    return max(image.getcolors(100_000))[1]


def test_a_title_is_never_drawn_beyond_its_box():
    sheet = Sheet(replace(RECIPE, title="w" * 150), "wide")
    sheet.fill((0, 0, 0))
    sheet.words(sheet.title, Box(300, 200, 900, 430), (255, 255, 255), largest=90, smallest=30)
    left, top, right, bottom = sheet.image.getbbox()
    assert left >= 298
    assert right <= 902
    assert top >= 195
    assert bottom <= 435


@pytest.mark.django_db
class TestAddress:
    """It changes when, and only when, what is drawn changes."""

    CARD = Card(url="/a/", title="Tea", language="en", author="Anna", published="", kind="article")

    def digest(self, settings, card=CARD, photo=None, **conf) -> str:
        settings.SMO_KIT = {"META": conf}
        return recipe_for(card.title, card, photo).digest

    @pytest.mark.parametrize(
        "conf",
        [
            {"card_template": "letter"},
            {"card_background": "#000"},
            {"card_text": "#eeeeee"},
            {"card_accent": "#00ff00"},
        ],
    )
    def test_settings_change_it(self, settings, conf):
        assert self.digest(settings) != self.digest(settings, **conf)

    def test_the_author_changes_it(self, settings):
        assert self.digest(settings) != self.digest(settings, replace(self.CARD, author="Berta"))

    @pytest.mark.parametrize(
        "change", [{"summary": "x"}, {"tags": ("a",)}, {"url": "/b/"}, {"text": "x"}, {"kind": "website"}]
    )
    def test_what_is_not_drawn_does_not(self, settings, change):
        assert self.digest(settings) == self.digest(settings, replace(self.CARD, **change))

    def test_a_photo_counts_only_where_it_is_shown(self, settings):
        one, other = Origin("", "a.jpg", "1"), Origin("", "a.jpg", "2")
        assert self.digest(settings, photo=one) == self.digest(settings, photo=other)
        with_photo = {"card_template": "photo"}
        assert self.digest(settings, photo=one, **with_photo) != self.digest(settings, photo=other, **with_photo)

    def test_a_site_s_template_of_another_version_changes_it(self, settings, own_design):
        own_design("ticket", label="Ticket")(lambda sheet: None)
        before = self.digest(settings, card_template="ticket")
        own_design("ticket", label="Ticket", version=1)(lambda sheet: None)
        assert self.digest(settings, card_template="ticket") != before

    def test_the_logo_s_file_changes_it(self, settings, client):
        name = default_storage.save("logo.png", picture(80, 40, "PNG"))
        bare = self.digest(settings)
        marked = self.digest(settings, card_logo=f"/media/{name}")
        assert marked != bare
        card = card_for(self.CARD)
        assert CardImage.objects.get().recipe["logo"] == "logo.png"
        assert client.get(card.image_url).status_code == 200

    def test_a_logo_that_can_not_be_drawn_is_left_out_and_named(self, settings, caplog):
        assert self.digest(settings, card_logo="images/none.png") == self.digest(settings)
        assert "The logo images/none.png is not on card images" in caplog.text


def test_recipes_of_the_first_version_keep_their_addresses():
    old = {"title": "A", "site": "B", "background": "#000", "text": "#fff", "accent": "#f00", "drawing": 1}
    assert Recipe(**old).digest == "0c2c144dc11ff7e3c040537c60cdcddf"


def test_a_cut_shows_nothing_but_the_picture(photo):
    cut = Recipe(title="", site="", background="", text="", accent="", template=CUT, photo=photo.name, photo_state="x")
    assert opened(cut, "tall").size == (1000, 1500)


@pytest.mark.parametrize("back", ["#16213a", "#ffffff", "#808080", "#ffb703", "#0a7d55"])
def test_colours_of_words_can_be_read(back):
    ground = rgb(back)
    ink = on(ground, rgb("#16213a"), rgb("#ffffff"))
    assert contrast(ink, ground) >= READABLE
    assert contrast(faint(ink, ground, 0.5), ground) >= READABLE


def test_words_on_a_picture_can_be_read_whatever_it_shows():
    back, ink = rgb("#16213a"), rgb("#ffffff")
    share = covering(back, ink, 0.1)
    for shown in ((255, 255, 255), (0, 0, 0), (255, 0, 0)):
        assert contrast(mixed(back, shown, share), ink) >= READABLE


@pytest.mark.parametrize(
    ("title", "author", "date", "seen"),
    [
        ("عنوان", "John Smith", "14 مارس، 2026", ["2026", "14", "John"]),
        ("Title", "أحمد", "14 March 2026", ["أحمد", "14"]),
        ("عنوان", "Анна", "1 мая 2026 г.", ["1 мая 2026 г.", "Анна"]),
    ],
)
def test_author_and_date_stay_apart(title, author, date, seen):
    pytest.importorskip("bidi")
    require_raqm()
    sheet = Sheet(replace(RECIPE, title=title, author=author, date=date), "wide")
    if sheet.author != author or sheet.date != date:
        pytest.skip("No Arabic font here.")
    line = "".join(text for (text, _), _ in pieces_of(sheet.byline, int(sheet.right_to_left)))
    places = [line.index(one) for one in seen]
    assert places == sorted(places)


@pytest.mark.parametrize(("title", "site"), [("عنوان", "24 hours!"), ("Title", "مجلة (2)!")])
def test_the_name_of_the_site_is_read_in_its_own_direction(title, site):
    pytest.importorskip("bidi")
    sheet = Sheet(replace(RECIPE, title=title, site=site), "wide")
    if not sheet.right_to_left and title != "Title":
        pytest.skip("No Arabic font here.")
    line = "".join(text for (text, _), _ in pieces_of(sheet.named, int(sheet.right_to_left)))
    alone = "".join(text for (text, _), _ in pieces_of(site, int(title == "Title")))
    assert line.replace("\u200e", "").replace("\u200f", "") == alone


@pytest.mark.parametrize("title", ["ع", "ج", "Å", "W", "👍"])
def test_the_first_letter_stays_in_its_box(title):
    sheet = Sheet(replace(RECIPE, title=title), "wide")
    box = Box(400, 100, 700, 400)
    house_designs._initial(sheet, box, (255, 255, 255), 1.0)
    left, top, right, bottom = sheet.image.getbbox()
    seen = sheet._seen(box)
    assert left >= seen.left
    assert top >= seen.top
    assert right <= seen.right
    assert bottom <= seen.bottom
    assert abs((top + bottom) - (seen.top + seen.bottom)) <= 2
