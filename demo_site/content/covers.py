"""Draw the covers of the demo magazine: flat geometry, no letters, no chance.

Usage: python demo_site/content/covers.py [key …]
Coordinates are pixels of the finished picture; shapes are drawn four times larger and scaled down for smooth edges.
What matters stays inside the middle 1600 by 840, so that a preview of 1.91:1 cuts nothing off.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from math import cos, pi, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE, QUALITY = 1600, 1000, 4, 84
ACCENT, INK, PAPER, SAGE, BLUE = "#d6452b", "#1d2430", "#f6f1e7", "#7fa08a", "#2f5d8c"
SAND, MIST, DUSK, SLATE, RUST = "#e6dcc8", "#c3d0c4", "#24486d", "#3a4557", "#a8321d"  # quieter neighbours of the five

Point = tuple[float, float]


class Sheet:
    """A canvas that speaks in finished pixels."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> None:
        corners = (x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE)
        self.pen.rounded_rectangle(corners, radius=r * SCALE, fill=fill)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        self.pie(x, y, r, 0, 360, fill)

    def pie(self, x: float, y: float, r: float, start: float, end: float, fill: str) -> None:
        corners = ((x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE)
        self.pen.pieslice(corners, start, end, fill=fill)

    def ring(self, x: float, y: float, r: float, fill: str, width: float, start: float = 0, end: float = 360) -> None:
        outer = r + width / 2
        corners = ((x - outer) * SCALE, (y - outer) * SCALE, (x + outer) * SCALE, (y + outer) * SCALE)
        self.pen.arc(corners, start, end, fill, round(width * SCALE))

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A stroke with round ends and joints."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE))
        for x, y in points:
            self.disc(x, y, width / 2 - 0.3, fill)

    def dashes(self, start: Point, end: Point, fill: str, width: float, count: int) -> None:
        dx, dy = (end[0] - start[0]) / count, (end[1] - start[1]) / count
        for i in range(count):
            self.line([(start[0] + dx * n, start[1] + dy * n) for n in (i + 0.2, i + 0.7)], fill, width)

    def bars(self, x: float, y: float, widths: Sequence[float], ink: str, height: float = 22, step: float = 46) -> None:
        for i, width in enumerate(widths):
            self.box(x, y + i * step, width, height, ink, height / 2)

    def bubble(self, x: float, y: float, w: float, h: float, fill: str, tail: int) -> None:
        """A speech bubble; tail is -1 (left) or 1 (right)."""
        foot = x + 100 if tail < 0 else x + w - 100
        self.box(x, y, w, h, fill, 44)
        self.shape([(foot - 44, y + h - 2), (foot + 44, y + h - 2), (foot + tail * 60, y + h + 70)], fill)


def flow(a: Point, b: Point) -> list[Point]:
    """A curve that leaves a and reaches b level."""
    return [(a[0] + (b[0] - a[0]) * i / 80, a[1] + (b[1] - a[1]) * (1 - cos(pi * i / 80)) / 2) for i in range(81)]


def turned(points: Iterable[Point], degrees: float, centre: Point) -> list[Point]:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    moved = [(x - centre[0], y - centre[1]) for x, y in points]
    return [(centre[0] + x * c - y * s, centre[1] + x * s + y * c) for x, y in moved]


def rectangle(x: float, y: float, w: float, h: float) -> list[Point]:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def anatomy(s: Sheet) -> None:
    def lifted(points: Iterable[Point], level: float) -> list[Point]:
        return [(800 + (u - v) * 0.87, 690 - level + (u + v) * 0.4) for u, v in points]

    def plate(x: float, y: float, w: float, h: float, level: float, fill: str) -> None:
        s.shape(lifted(rectangle(x, y, w, h), level), fill)

    for level, fill, edge in ((0, INK, "#0f141c"), (190, BLUE, DUSK), (380, PAPER, "#cfc3ab")):
        for corner in ((-380, 220), (380, 220), (380, -220)) if level else ():
            s.dashes(lifted([corner], level - 172)[0], lifted([corner], level - 18)[0], PAPER, 5, 8)
        for depth in range(18, 0, -1):
            plate(-380, -220, 760, 440, level - depth, edge)
        plate(-380, -220, 760, 440, level, fill)
    for level, fill in ((0, SLATE), (190, MIST)):
        plate(-330, 160, 660, 28, level, fill)
    for y, w, h, fill in ((-160, 640, 46, INK), (-84, 480, 46, INK), (20, 620, 24, MIST), (72, 520, 24, MIST)):
        plate(-320, y, w, h, 380, fill)
    plate(-320, 136, 200, 36, 380, ACCENT)


def titles(s: Sheet) -> None:
    s.box(1000, 0, 600, HEIGHT, SAND)
    for i, (length, fall, drop) in enumerate(((0, 0, 0), (400, 7, 20), (250, 15, 40), (310, 24, 45))):
        y = 150 + i * 180
        s.line([(200, y + 55), (850 if i == 0 else 930, y + 55)], INK if i else ACCENT, 110)
        if i:
            s.box(800, y, 185, 110, INK)
            s.shape(turned(rectangle(1040, y + drop, length, 110), fall, (1040, y + drop)), SAGE)
    s.dashes((1000, -12), (1000, 1012), ACCENT, 8, 24)


def picture(s: Sheet) -> None:
    s.disc(960, 400, 150, ACCENT)
    for i, (waves, shift, ink) in enumerate(((2.2, 0.4, MIST), (1.7, 2.2, SAGE), (2.6, 4.4, BLUE), (1.5, 1.0, INK))):
        top = [(x, 630 + i * 92 - 80 * sin(x / WIDTH * waves * pi + shift)) for x in range(0, WIDTH + 1, 8)]
        s.shape([(0, HEIGHT), *top, (WIDTH, HEIGHT)], ink)
    for x, y, w, h, width in ((200, 186, 1200, 628, 18), (700, 240, 520, 520, 8)):
        for cx, cy, dx, dy in ((x, y, 1, 1), (x + w, y, -1, 1), (x, y + h, 1, -1), (x + w, y + h, -1, -1)):
            s.line([(cx + dx * w / 10, cy), (cx, cy), (cx, cy + dy * w / 10)], PAPER, width)


def buttons(s: Sheet) -> None:
    awake = {(1, 1): BLUE, (3, 1): ACCENT, (2, 2): SAGE}
    for x, y, fill in ((140 + c * 226, 70 + r * 226, awake.get((c, r), SAND)) for c in range(6) for r in range(4)):
        s.box(x, y + 14, 190, 190, "#d9cdb6" if fill == SAND else INK, 46)
        s.box(x, y, 190, 190, fill, 46)
        if fill == SAND:
            s.disc(x + 95, y + 95, 16, "#cfc3ab")
        elif fill == BLUE:
            s.line([(x + dx, y + dy) for dx, dy in ((95, 140), (95, 54), (58, 90), (95, 54), (132, 90))], PAPER, 16)
        elif fill == SAGE:
            s.ring(x + 73, y + 95, 30, PAPER, 14)
            s.ring(x + 117, y + 95, 30, PAPER, 14)
        else:
            s.line([(x + 125, y + 55), (x + 58, y + 95), (x + 125, y + 135)], PAPER, 12)
            for dx, dy in ((125, 55), (58, 95), (125, 135)):
                s.disc(x + dx, y + dy, 22, PAPER)


def counts(s: Sheet) -> None:
    for i, (claimed, real) in enumerate(((420, 150), (560, 230), (390, 330), (690, 270), (500, 90), (620, 410))):
        x, top = 190 + i * 210, 850 - claimed
        for a, b in (((x, 850), (x, top)), ((x, top), (x + 150, top)), ((x + 150, top), (x + 150, 850))):
            s.dashes(a, b, "#56627a", 8, round((abs(a[0] - b[0]) + abs(a[1] - b[1])) / 30))
        s.box(x, 850 - real, 150, real, SAGE if real > 300 else BLUE)
    s.line([(110, 850), (1490, 850)], PAPER, 8)
    s.line([(110, 550), (1490, 550)], ACCENT, 8)
    s.disc(1490, 550, 26, ACCENT)


def utm(s: Sheet) -> None:
    for i, (lane, fill) in enumerate(((544, INK), (412, PAPER), (588, BLUE), (456, ACCENT), (500, SAND))):
        start = (150.0, 130.0 + i * 185)
        s.line([*flow((190, start[1]), (840, lane)), (1240, lane)], fill, 38)
        s.ring(*start, 42, fill, 40)
    for r, fill in ((220, INK), (156, PAPER), (94, ACCENT), (32, PAPER)):
        s.disc(1270, 500, r, fill)


def follow(s: Sheet) -> None:
    for x in (610, 990):
        s.disc(x, 500, 290, DUSK)
    s.ring(610, 500, 290, PAPER, 64)
    s.ring(990, 500, 290, ACCENT, 64)
    s.ring(610, 500, 290, PAPER, 64, 20, 70)
    s.shape([(440, 500), (550, 400), (660, 500)], PAPER)
    s.box(470, 496, 160, 110, PAPER)
    s.box(530, 536, 40, 72, DUSK)
    s.disc(1060, 440, 58, PAPER)
    s.pie(1060, 612, 104, 180, 360, PAPER)


def messengers(s: Sheet) -> None:
    s.disc(1500, 60, 420, DUSK)
    s.disc(60, 1000, 360, DUSK)
    s.bubble(150, 120, 620, 610, PAPER, -1)
    s.box(200, 170, 520, 290, SAGE, 20)
    s.disc(610, 260, 46, ACCENT)
    s.shape([(200, 440), (200, 380), (340, 280), (500, 460), (220, 460)], INK)
    s.shape([(380, 460), (530, 350), (720, 440), (700, 460)], DUSK)
    s.bars(200, 504, (480, 380), INK)
    s.bars(200, 610, (440, 260), SAND)
    s.bubble(850, 150, 600, 240, SAND, 1)
    s.box(900, 200, 140, 140, BLUE, 20)
    s.disc(970, 270, 40, ACCENT)
    s.bars(1080, 214, (310, 240, 180), INK)
    s.bubble(850, 520, 480, 260, ACCENT, 1)
    s.bars(900, 590, (380, 320, 220), PAPER)


def plane(s: Sheet) -> None:
    streams = ((240, 120, 640), (380, 260, 760), (520, 60, 700), (660, 300, 740), (800, 140, 560))
    for (y, start, end), fill in zip(streams, (MIST, SAGE, BLUE, SAGE, MIST), strict=True):
        s.line([(x, y + 22 * sin((x + y) / 90)) for x in range(start, end, 8)], fill, 22)
    s.disc(1110, 480, 330, SAND)
    s.shape([(1420, 210), (720, 470), (920, 590)], ACCENT)
    s.shape([(1420, 210), (920, 590), (930, 790)], INK)
    s.shape([(1420, 210), (930, 790), (1040, 660)], RUST)
    s.shape([(1420, 210), (1010, 640), (1230, 740)], ACCENT)


def languages(s: Sheet) -> None:
    s.box(800, 0, 800, HEIGHT, INK)
    s.pie(800, 400, 270, 90, 270, BLUE)
    s.pie(800, 600, 270, 270, 450, ACCENT)
    s.pie(800, 400, 120, 90, 270, PAPER)
    s.pie(800, 600, 120, 270, 450, INK)
    s.bars(130, 190, (300, 220, 330, 280, 340, 240, 310), SAGE, 34, 98)
    s.bars(1140, 190, (340, 260, 310, 230, 330, 270, 210), SAGE, 34, 98)


def discussion(s: Sheet) -> None:
    s.box(0, 400, WIDTH, 600, INK)
    places = ((210, 620, 62), (450, 780, 84), (690, 650, 50), (910, 790, 96), (1160, 680, 70), (1400, 600, 58))
    for i, ((x, y, r), fill) in enumerate(zip(places, (BLUE, SAGE, PAPER, ACCENT, SAGE, PAPER), strict=True)):
        s.line([(b, a) for a, b in flow((390, 640 + i * 64), (y, x))], SLATE, 14)
        s.disc(x, y, r, fill)
        for n in (-1, 0, 1):
            s.disc(x + n * r * 0.42, y, r * 0.12, INK)
    s.box(560, 110, 480, 290, PAPER)
    s.box(560, 110, 480, 90, ACCENT)
    s.bars(610, 240, (380, 320, 240), SAND)


def checklist(s: Sheet) -> None:
    def block(x: float, y: float, w: float, h: float, fill: str) -> None:
        s.shape(turned(rectangle(x, y, w, h), -6, (800, 540)), fill)

    block(360, 90, 800, 1000, RUST)
    block(330, 60, 800, 1000, PAPER)
    block(570, 20, 320, 90, INK)
    for i, width in enumerate((430, 340, 460, 380)):
        y = 190 + i * 180
        block(410, y, 110, 110, SAGE if i < 3 else SAND)
        block(570, y + 16, width, 30, INK if i < 3 else BLUE)
        block(570, y + 66, width - 120, 24, SAND)
        if i < 3:
            s.line(turned([(433, y + 57), (457, y + 80), (498, y + 32)], -6, (800, 540)), PAPER, 16)
    s.shape(turned([(1255, 650), (1345, 650), (1300, 800)], 16, (1300, 500)), PAPER)
    s.shape(turned([(1285, 750), (1315, 750), (1300, 800)], 16, (1300, 500)), INK)
    for x, fill in ((1255, BLUE), (1285, INK), (1315, DUSK)):
        s.shape(turned(rectangle(x, 200, 30, 450), 16, (1300, 500)), fill)


def glossary(s: Sheet) -> None:
    inks = {INK: (PAPER, ACCENT), SAGE: (INK, PAPER), PAPER: (BLUE, ACCENT), ACCENT: (PAPER, INK), BLUE: (SAND, SAGE)}
    for row, kinds in enumerate(("dobdqtq", "qdtqoob", "bqodbqo", "tdqbqto")):
        for column, kind in enumerate(kinds):
            ground = tuple(inks)[(column * 2 + row * 4) % 5]
            s.box(column * 250 - 75, row * 250, 250, 250, ground)
            tile(s, column * 250 - 75, row * 250, kind, inks[ground][(column + row // 2) % 2])


def tile(s: Sheet, x: float, y: float, kind: str, fill: str) -> None:
    match kind:
        case "q":
            s.pie(x, y, 250, 0, 90, fill)
        case "o":
            s.disc(x + 125, y + 125, 80, fill)
        case "d":
            s.shape([(x, y + 250), (x + 250, y), (x + 250, y + 250)], fill)
        case "t":
            s.bars(x + 50, y + 60, (150, 100, 130), fill, 28, 52)
        case _:
            s.bubble(x + 25, y + 45, 200, 120, fill, -1)


COVERS: dict[str, tuple[str, Callable[[Sheet], None]]] = {
    "anatomy-of-a-link-preview": (SAGE, anatomy),  # a card taken apart: page, picture and words, one above another
    "titles-that-survive": (PAPER, titles),  # long lines lose their ends at the cut; the short one stays whole
    "choosing-the-picture": (SAND, picture),  # a landscape and the two frames it will be seen through
    "share-buttons-that-help": (PAPER, buttons),  # many keys, few of them awake
    "why-share-counts-lie": (INK, counts),  # claimed heights in dashes, what is really there filled in, and a threshold
    "utm-without-mess": (SAGE, utm),  # a tangle of sources is combed into a ribbon and reaches one place
    "follow-buttons-and-rel-me": (BLUE, follow),  # two rings hold one another: the site and the profile
    "what-messengers-read": (BLUE, messengers),  # one card in three bubbles, with less in each
    "sharing-without-trackers": (PAPER, plane),  # a paper plane in clear air, nothing sewn to its tail
    "two-languages-one-story": (PAPER, languages),  # two pages, day and night, hold the halves of one figure
    "discussion-under-articles": (SAGE, discussion),  # a page above the ground, a conversation for roots
    "checklist-before-publishing": (ACCENT, checklist),  # a tilted sheet, three ticks done and one to go
    "glossary-of-smo": (PAPER, glossary),  # an alphabet of tiles
}


def main() -> None:
    folder = Path(__file__).with_name("covers")
    for key in sys.argv[1:] or COVERS:
        ground, paint = COVERS[key]
        sheet = Sheet(ground)
        paint(sheet)
        sheet.image.reduce(SCALE).save(folder / f"{key}.jpg", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
