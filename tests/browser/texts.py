"""Articles as a site may really have them: any script, any length, markup, nothing but signs."""

from __future__ import annotations

from typing import Any, Final

TITLES: Final = (
    "Tea & <b>bread</b> — \"quotes\" and 'more' of them",
    "<script>alert(1)</script>",
    '</title><meta property="og:title" content="stolen">',
    "{{ secret }} {% now %} ${jndi} %s %(name)s",
    "Как заваривать чай: «кавычки», тире — и ещё ёлочка",
    "قهوة وشاي: دليل قصير (2026)",
    "תה ירוק [מדריך]",
    "हरी चाय कैसे बनाएँ",
    "お茶の入れ方と美味しい淹れ方のすべて",
    "한국 차 이야기",
    "ชาเขียวและน้ำ",
    "👩‍👩‍👧‍👦🏳️‍🌈 families and flags",
    "Ζ͑ͫ̓ͪ̂ͫ̽͏̴̙̤ towers of accents",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 4,
    "A title that goes on and on, " * 12,
    "100% of 1 < 2 && 3 > 2",
    "  spaces\t and\u00a0more   spaces  ",
    "Same title",
    "Same title",
    "C:\\path\\to\\tea #hash ?query=1&b=2",
)


def articles() -> list[dict[str, Any]]:
    """Return the lines of a file for ``demo_import``."""
    paragraph = "Leaves, water & patience. <i>Markup</i> stays text; javascript:alert(1) does too.\n\n"
    return [
        {
            "id": f"text-{number}",
            "title": title,
            "text": paragraph * (number + 1),
            "tags": ["Tea", f"<{number}>", "чай"],
            "date": f"2026-03-{number + 1:02}",
        }
        for number, title in enumerate(TITLES)
    ] + [
        {
            "id": "nameless",
            "title": "",
            "text": "The first sentence is the title. The second is not.",
            "tags": [],
            "date": "",
        }
    ]
