"""A lock opens when somebody has waited. The server's clock counts, from the moment when he pressed the button."""

from __future__ import annotations

import math
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.ways.way import Ask, Offer, Standing, Way, begins, register_way

WAIT: Final = "wait"


def _offers(ref: Ref, terms: Terms) -> list[Offer]:
    n = terms.conf.wait_seconds
    return [Offer(way=WAIT, label=ngettext("Wait %(n)s second", "Wait %(n)s seconds", n) % {"n": n})]


def _stand(ask: Ask) -> Standing:
    if not ask.begun:
        return Standing(state="go", way=WAIT, sentence=_("Press the button: the time counts from then on."))
    waited = (timezone.now() - ask.begun[0].tried).total_seconds()
    left = math.ceil(ask.terms.conf.wait_seconds - waited)
    if left <= 0:
        return Standing(state="done", way=WAIT, sentence=_("You have waited. It is open to you."))
    n = ask.terms.conf.wait_seconds
    said = ngettext("It opens %(n)s second after your press.", "It opens %(n)s seconds after your press.", n) % {"n": n}
    return Standing(state="waiting", way=WAIT, sentence=said, seconds=left, left=left)


register_way(Way(id=WAIT, offers=_offers, stand=_stand, begin=begins(WAIT)))
