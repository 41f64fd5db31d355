"""What personal links keep of a person: what he shared as a member, and what came of it. Of guests only browsers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from smo_kit.core.deletions import register_forgetter
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.core.snapshots import pages_of
from smo_kit.share.models import PersonalLink, Visit
from smo_kit.share.sharers import forget, links_of_members


def export(person: Person) -> dict[str, list[Any]]:
    """Return what he shared, where, and when others came by it; nothing of those others."""
    links = list(links_of_members(person.user_ids).order_by("pk"))
    pages = pages_of({link.key.speaking("") for link in links})
    visits = defaultdict(list)
    of_his = Visit.objects.filter(link__in=links_of_members(person.user_ids))
    for link_id, at in of_his.order_by("pk").values_list("link_id", "at"):
        visits[link_id].append(at)
    return {
        "shares": [
            {
                "page": page.url if (page := pages.get(link.key.speaking(""))) else "",
                "network": link.network,
                "link": link.token,
                "times": link.times,
                "visitors": link.visits,
                "made": link.made,
                "opened": link.opened,
                "previewed": link.previewed,
                "verified": link.verified,
                "visited": link.visited,
                "visits": visits[link.pk],
            }
            for link in links
        ]
    }


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Take the person out of his links: they lead on, and stay counted, but nobody can tell whose they were."""
    return {"shares": forget(person.user_ids)}


register_holder(Holder(id="share", label=_("Personal links"), export=export, erase=erase))
register_forgetter(PersonalLink, forget)
