"""What a design draws on: a picture of one shape, with the words and colours of its page.

Designs speak as if all languages ran from left to right; on a card in Arabic or Hebrew the sheet mirrors everything.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import regex
from PIL import Image, ImageDraw, features

from smo_kit.meta.bidi import LEFT_MARK, RIGHT_MARK, has_right_to_left, is_right_to_left
from smo_kit.meta.colours import Colour, faint, mixed, rgb
from smo_kit.meta.fonts import BOLD, runs
from smo_kit.meta.layout import Block, fit
from smo_kit.meta.prepared import Prepared
from smo_kit.meta.recipes import Recipe
from smo_kit.meta.shapes import SHAPES
from smo_kit.meta.typeset import Ink, draw_line, tamed, width_of
from smo_kit.meta.veils import lay, veil

MEDIUM: Final = 500
"""Weight of the words under the title."""
_BASELINE: Final = 0.36
"""Of a size, from the middle of a line down to the line that letters stand on."""
_INKED: Final = 0.76
"""Of a size, how high a letter that stands alone is at the most."""


_SHAPED: Final = regex.compile(
    r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)


class Box(NamedTuple):
    """A part of the sheet in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels."""
        return self.bottom - self.top


class Sheet:
    """A card image that is being drawn. ``image`` is Pillow's, for what the methods can't do."""

    def __init__(
        self, recipe: Recipe, shape: str, photo: Prepared | None = None, logo: Image.Image | None = None
    ) -> None:
        self.shape = shape
        self.width, self.height = SHAPES[shape]
        self.image = Image.new("RGB", SHAPES[shape])
        self.background, self.text, self.accent = (
            rgb(colour) for colour in (recipe.background, recipe.text, recipe.accent)
        )
        title, author, date = map(tamed, (recipe.title, recipe.author, recipe.date))
        self.site = tamed(recipe.site)
        self.title = title if can_be_read(title) else self.site
        self.author = author if can_be_read(author) else ""
        self.date = date if can_be_read(date) else ""
        self.language = recipe.language
        self._photo = photo
        self.logo = logo
        self.right_to_left = is_right_to_left(self.title)

    @cached_property
    def photo(self) -> Image.Image | None:
        """The page's picture in the size that the design names; None without one, or if its file can't be had."""
        image = self._photo.image() if self._photo else None
        return image.copy() if image else None

    @property
    def is_wide(self) -> bool:
        """Whether it is 1200×630: there is room beside the words rather than above them."""
        return self.width > self.height

    @property
    def margin(self) -> int:
        """Pixels that stay free at the rim."""
        return 72 if self.is_wide else 88

    @property
    def whole(self) -> Box:
        """All of the sheet."""
        return Box(0, 0, self.width, self.height)

    @property
    def inner(self) -> Box:
        """The sheet without its margins."""
        return Box(self.margin, self.margin, self.width - self.margin, self.height - self.margin)

    def fill(self, colour: Colour, box: Box | None = None) -> None:
        """Paint a part of the sheet, or all of it, in one colour."""
        self.image.paste(colour, self._seen(box or self.whole))

    def slope(self, first: Colour, last: Colour) -> None:
        """Paint the sheet in colours that go over from the upper left to the lower right."""
        slope = _slope(first, last, (self.width, self.height))
        self.image.paste(slope.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if self.right_to_left else slope)

    def bar(self, box: Box, colour: Colour) -> None:
        """Draw a bar with round ends."""
        box = self._seen(box)
        radius = min(box.width, box.height) // 2
        pen = ImageDraw.Draw(self.image)
        pen.rounded_rectangle((box.left, box.top, box.right - 1, box.bottom - 1), radius=radius, fill=colour)

    def disc(self, middle: tuple[int, int], radius: int, colour: Colour) -> None:
        """Draw a disc, which may reach beyond the rim."""
        disc = _disc(radius)
        left = (self.width - middle[0] if self.right_to_left else middle[0]) - radius
        self.image.paste(colour, (left, middle[1] - radius), disc)

    def picture(self, photo: Image.Image, box: Box) -> None:
        """Paste a picture that has the size of the box."""
        self.image.paste(photo, self._seen(box)[:2])

    def shade(self, colour: Colour, top: int, darkest: float) -> None:
        """Lay a colour over the lower part of the sheet: so much of it from ``top`` on, and less and less above."""
        lay(veil(colour, top, darkest), self.image)

    def shaded(self, colour: Colour, top: int, darkest: float) -> bool:
        """Paint the page's picture, which has the size of the sheet, and ``shade`` it: the quick way to do both.

        Returns False, with nothing painted, without a picture.
        """
        image = self._photo.under(veil(colour, top, darkest)) if self._photo else None
        if image is not None:
            self.image.paste(image)
        return image is not None

    def words(
        self, text: str, box: Box, colour: Colour, *, largest: int, smallest: int, at: float = 0.5
    ) -> tuple[Block, int]:
        """Write words as large as fits into a box: at its top (``at`` 0), in its middle or at its bottom (1).

        Returns the lines, and the upper edge of the first one.
        """
        block = fit(text, box.width, box.height, largest=largest, smallest=smallest)
        top = box.top + round((box.height - block.height) * at)
        self.write(block, box, top, colour)
        return block, top

    def write(self, block: Block, box: Box, top: int, colour: Colour) -> None:
        """Write lines that are fitted already, from ``top`` downwards."""
        for place, line in enumerate(block.lines):
            middle = top + place * block.step + block.step / 2
            self.line(line, box, round(middle + block.size * _BASELINE), block.size, colour)

    def line(
        self, text: str, box: Box, baseline: int, size: int, colour: Colour, *, weight: int = BOLD, end: bool = False
    ) -> float:
        """Write a line on a baseline, from the beginning of a box or to its end; return its width."""
        width = width_of(runs(text), size, weight)
        to_right = self.right_to_left != end
        seen = self._seen(box)
        ink = Ink(size, colour, weight, int(self.right_to_left), self.language)
        draw_line(self.image, text, (seen.right - width if to_right else seen.left, baseline), ink)
        return width

    def stamp(self, text: str, box: Box, colour: Colour, size: int) -> bool:
        """Draw letters, their ink in the middle of a box, inside it unless ``size`` is wider; say whether any was."""
        mask = _stamp(text, size, self.language, int(self.right_to_left))
        ink = mask.getbbox()
        if ink is None:
            return False
        mask = mask.crop(ink)
        scale = min(1, max(box.width, size) / mask.width, min(box.height, size * _INKED) / mask.height)
        mask = mask.resize((max(round(mask.width * scale), 1), max(round(mask.height * scale), 1)))
        seen = self._seen(box)
        left, top = seen.left + (box.width - mask.width) // 2, seen.top + (box.height - mask.height) // 2
        self.image.paste(colour, (left, top), mask)
        return True

    def width_of(self, text: str, size: int, weight: int = BOLD) -> float:
        """Return the width of a line in pixels."""
        return width_of(runs(text), size, weight)

    def signature_height(self, box: Box) -> int:
        """Return how many pixels ``signature`` takes from the bottom of a box."""
        if not (self.byline or self.named or self.logo):
            return 0
        return round(self._small * (1.2 if self._fits_beside(box) else 2.8))

    def signature(self, box: Box, back: Colour, text: Colour | None = None) -> int:
        """Write at the bottom of a box who speaks: logo and site, author and date. Returns its upper edge."""
        text = text or self.text
        size = self._small
        left = box.left + self._logo(box)
        base = box.bottom - round(size * 0.28)
        if self.named:
            site = fit(self.named, box.right - left, size * 2, largest=size, smallest=22)
            self.line(site.lines[0], Box(left, box.top, box.right, box.bottom), base, site.size, text)
        if self.byline:
            quiet = faint(text, back, 0.74)
            beside = self._fits_beside(box)
            by = fit(self.byline, box.width, size * 2, largest=size - 4, smallest=22)
            place = base if beside else base - round(size * 1.6)
            alone = not (self.named or self.logo)
            self.line(by.lines[0], box, place, by.size, quiet, weight=MEDIUM, end=beside and not alone)
        return box.bottom - self.signature_height(box)

    @property
    def byline(self) -> str:
        """Author and date, of which neither draws letters or numbers of the other to its side."""
        own = (self.author, self.date)
        mark = RIGHT_MARK if self.right_to_left else LEFT_MARK if any(map(has_right_to_left, own)) else ""
        return f" {mark}·{mark} ".join(self._in_own_direction(one) for one in own if one)

    @property
    def named(self) -> str:
        """The site's name where it is not the title already."""
        return self._in_own_direction(self.site) if self.site != self.title else ""

    def _in_own_direction(self, text: str) -> str:
        """Return a text that is read in its own direction on a card of the other one: "1 May", not "May 1"."""
        own = is_right_to_left(text)
        mark = RIGHT_MARK if own else LEFT_MARK
        return text if own == self.right_to_left or not text else f"{mark}{text}{mark}"

    @property
    def _small(self) -> int:
        return 30 if self.is_wide else 36

    def _fits_beside(self, box: Box) -> bool:
        """Say whether author and date stand in one line with the site."""
        if not self.byline:
            return True
        size = self._small
        taken = self.width_of(self.named, size) + self._logo_size(box)[0] + size * 2
        return taken + self.width_of(self.byline, size - 4, MEDIUM) <= box.width

    def _logo_size(self, box: Box) -> tuple[int, int]:
        if self.logo is None:
            return 0, 0
        high = round(self._small * 1.7)
        wide = min(max(round(self.logo.width * high / self.logo.height), 1), box.width // 3)
        return wide, max(round(self.logo.height * wide / self.logo.width), 1)

    def _logo(self, box: Box) -> int:
        """Paste the logo at the bottom of a box; return the pixels that it takes from its left."""
        if self.logo is None:
            return 0
        size = self._small
        wide, high = self._logo_size(box)
        logo = self.logo.resize((wide, high), Image.Resampling.LANCZOS)
        middle = box.bottom - round(size * 0.62)
        seen = self._seen(Box(box.left, 0, box.left + wide, high))
        self.image.paste(logo, (seen.left, middle - high // 2), logo)
        return wide + size // 2

    def _seen(self, box: Box) -> Box:
        if not self.right_to_left:
            return box
        return Box(self.width - box.right, box.top, self.width - box.left, box.bottom)


def can_be_read(text: str) -> bool:
    """Say whether there are fonts for at least half of the letters: a few signs of a title tell nothing.

    Letters that join or change places with their neighbours can't be read without the library that does it.
    """
    if not features.check("raqm") and _SHAPED.search(text):
        return False
    letters = sum(map(str.isalnum, text))
    shown = sum(map(str.isalnum, "".join(piece for piece, _ in runs(text))))
    return shown * 2 >= letters and bool(runs(text))


def _stamp(text: str, size: int, language: str, base: int) -> Image.Image:
    """Return letters in white on black, with room around for all that reaches out of their line."""
    image = Image.new("RGB", (round(width_of(runs(text), size)) + size * 2, size * 4))
    draw_line(image, text, (size, size * 2), Ink(size, (255, 255, 255), base=base, language=language))
    return image.convert("L")


@lru_cache(maxsize=16)
def _slope(first: Colour, last: Colour, size: tuple[int, int]) -> Image.Image:
    """Return a slope of colours; drawn small and scaled, which makes it smooth."""
    small = Image.new("RGB", (2, 2))
    middle = mixed(first, last, 0.5)
    small.putdata([first, middle, middle, last])
    return small.resize(size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=16)
def _disc(radius: int) -> Image.Image:
    large = Image.new("L", (radius * 4, radius * 4))
    ImageDraw.Draw(large).ellipse((0, 0, radius * 4 - 1, radius * 4 - 1), fill=255)
    return large.resize((radius * 2, radius * 2), Image.Resampling.BOX)
