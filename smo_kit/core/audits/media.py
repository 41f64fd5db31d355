"""Pictures and video."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadPage, Verdict, audits
from smo_kit.core.markup import Tag
from smo_kit.core.mending import text_place, view_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.sayings import ngettext

WORDS_A_PICTURE: Final = 700
"""A longer text without another picture or video tires."""


@audits("media.there", gettext_lazy("An article has a picture or a video"), weight=3)
def there(page: ReadPage) -> Verdict:
    if not page.is_article:
        return None
    if _in_text(page.markup.pictures) or _in_text(page.markup.videos):
        return []
    cure = _("Put at least one picture into the text; show what it is about.")
    return [Finding(text=_("The text has no picture and no video."), cure=cure, where=text_place(page))]


@audits("media.enough", gettext_lazy("Long texts have several"))
def enough(page: ReadPage) -> Verdict:
    wanted = page.markup.words // WORDS_A_PICTURE
    has = len(_in_text(page.markup.pictures)) + len(_in_text(page.markup.videos))
    if not page.is_article or wanted < 2 or not has:
        return None
    if has >= wanted:
        return []
    text = ngettext(
        "%(words)d words have only %(has)d picture or video.",
        "%(words)d words have only %(has)d pictures and videos.",
        has,
    ) % {"words": page.markup.words, "has": has}
    cure = _("A picture, a chart or a video every %(words)d words keeps readers.") % {"words": WORDS_A_PICTURE}
    return [Finding(text=text, cure=cure, where=text_place(page), severity="info")]


@audits("media.alt", gettext_lazy("Pictures say what they show"), weight=2)
def alt(page: ReadPage) -> Verdict:
    pictures = page.markup.pictures
    if not pictures:
        return None
    mute = [one for one in pictures if "alt" in one.has_no]
    if not mute:
        return []
    text = ngettext(
        "%(count)d picture has no alt text: %(first)s.",
        "%(count)d pictures have no alt text; one is %(first)s.",
        len(mute),
    ) % {"count": len(mute), "first": mute[0].get("src")[:80]}
    cure = _('Say in one sentence what it shows; alt="" if it is only ornament.')
    where = text_place(page) if any(one.is_text for one in mute) else view_place(page)
    return [Finding(text=text, cure=cure, where=where)]


@audits("media.size", gettext_lazy("Pictures have their size, so that the text does not jump"))
def size(page: ReadPage) -> Verdict:
    pictures = page.markup.pictures
    if not pictures:
        return None
    jumping = [one for one in pictures if {"width", "height"} & one.has_no]
    if not jumping:
        return []
    text = ngettext(
        "%(count)d picture has no width and height: %(first)s.",
        "%(count)d pictures have no width and height; one is %(first)s.",
        len(jumping),
    ) % {"count": len(jumping), "first": jumping[0].get("src")[:80]}
    return [Finding(text=text, cure=_("Write both into the img tag."), where=view_place(page), severity="info")]


@audits("media.video", gettext_lazy("A video can be stopped and has a first picture"))
def video(page: ReadPage) -> Verdict:
    videos = [one for one in page.markup.videos if one.name == "video"]
    if not videos:
        return None
    bad = [one for one in videos if not {"controls", "poster"} <= one.attributes.keys()]
    text, cure = _("A video has no controls or no poster."), _("Add both attributes to the video tag.")
    return [Finding(text=text, cure=cure, where=text_place(page)) for _one in bad[:1]]


def _in_text(tags: list[Tag]) -> list[Tag]:
    return [one for one in tags if one.is_text]
