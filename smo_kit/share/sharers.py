"""Who shares, as the table of links keeps him."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import router
from django.db.models import Q, QuerySet

from smo_kit.core.identities import of_members, take_out
from smo_kit.share.models import PersonalLink


def links_of_members(user_ids: Collection[Any]) -> QuerySet[PersonalLink]:
    """Return what accounts have shared, on every site."""
    return PersonalLink.objects.filter(Q(user__in=list(user_ids)) | of_members("sharer", user_ids))


def forget(user_ids: Collection[Any]) -> int:
    """Take accounts out of their links, which lead on and stay counted; return how many links."""
    links = links_of_members(user_ids).using(router.db_for_write(PersonalLink))
    return take_out(links, "sharer", user=None, home="")
