"""A lock opens for what a visitor has done here: signed in, subscribed, commented, rated. His app says whether."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from smo_kit.core.deeds import deed_of
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.ways.way import Ask, Offer, Standing, Way, begins, register_way

DEEDS: Final = ("sign_in", "subscribe", "comment", "rate")
SECONDS: Final = 15
"""What waits for a moderator or for a mail is asked for so often."""


def _offers(way: str, ref: Ref, terms: Terms) -> list[Offer]:
    deed = deed_of(way)
    return [Offer(way=way, label=deed.label)] if deed else []


def _stand(way: str, ask: Ask) -> Standing:
    deed = deed_of(way)
    if deed is None:
        return Standing(state="go", way=way, sentence=_("This can't be done here any more. Please choose another way."))
    if deed.is_done(ask.request, ask.ref.key):
        return Standing(state="done", way=way, sentence=_("Done."))
    where = deed.where(ask.request, ask.ref.key, ask.then)
    if ask.begun and deed.waits:
        return Standing(state="waiting", way=way, sentence=deed.waits, seconds=SECONDS, where=where)
    return Standing(state="go", way=way, where=where)


for _way in DEEDS:
    register_way(Way(id=_way, offers=partial(_offers, _way), stand=partial(_stand, _way), begin=begins(_way)))
