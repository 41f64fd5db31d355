"""Who shares, as the table of links keeps him; and those who asked to be forgotten, of whom only counts are left."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q, QuerySet

from smo_kit.core.identities import of_member
from smo_kit.share.models import PersonalLink

ERASED: Final = "erased:"
"""Before the random letters that stand for somebody who was erased; marks have no colon."""


def nobody() -> str:
    """Return what stands for the sharer of one link when he is erased; no two are alike."""
    return f"{ERASED}{secrets.token_hex(16)}"


def links_of_members(user_ids: Collection[Any]) -> QuerySet[PersonalLink]:
    """Return what accounts have shared, on every site."""
    marks = [mark for one in user_ids for mark in of_member(one)]
    return PersonalLink.objects.filter(Q(user__in=list(user_ids)) | Q(sharer__in=marks))


def take_out(links: QuerySet[PersonalLink]) -> int:
    """Take those who share out of links, which lead on and stay counted; return how many links."""
    pks = list(links.values_list("pk", flat=True))
    for pk in pks:
        PersonalLink.objects.filter(pk=pk).update(user=None, sharer=nobody(), home="")
    return len(pks)
