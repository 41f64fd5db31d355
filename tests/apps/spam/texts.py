"""Texts that are made up, for a filter to learn from."""

from __future__ import annotations

from itertools import product

SPAM = [
    f"{opening} {goods} {way}"
    for opening, goods, way in product(
        ("Cheap", "Buy", "Discount on"),
        ("golden watches", "handbags", "sneakers", "sunglasses"),
        ("at my shop, click the link", "now, write me a DM", "for 20 $ only, call 8 800 555 35 35"),
    )
]
HAM = [
    f"{opening} {matter} {end}"
    for opening, matter, end in product(
        ("I think that", "Why does nobody say that", "Thanks, I did not know that"),
        ("the second chapter", "this recipe", "the old bridge", "your garden"),
        ("needs more salt.", "was better last year?", "reminds me of home."),
    )
]
