"""Which share buttons a site shows before anybody has chosen: what its readers most likely use, by language."""

from __future__ import annotations

from typing import Final

# Copying comes fourth, the last place before the panel "More": the button that serves every reader.
POPULAR: Final = {
    "en": (
        *("facebook", "x", "whatsapp", "copy"),
        *("linkedin", "bluesky", "mastodon", "threads", "reddit", "telegram", "pinterest", "messenger"),
        *("email", "sms", "qr", "print", "device"),
    ),
    "ru": (
        *("vk", "telegram", "max", "copy"),
        *("ok", "whatsapp", "viber", "livejournal", "x"),
        *("email", "sms", "qr", "print", "device"),
    ),
}


def popular(language: str) -> tuple[str, ...]:
    """Return the ids of networks to share to, in order, for readers of a language (``ru``, ``en-gb``)."""
    return POPULAR.get(language.partition("-")[0], POPULAR["en"])
