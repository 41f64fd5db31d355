"""What is behind a lock that gives a file: a link of the reader's own. The source ``file`` of ``lock.sources``."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from smo_kit.core.answers import reader_of
from smo_kit.lock.files.links import address_of
from smo_kit.lock.files.shelf import download_of, facts_from
from smo_kit.lock.models import Download
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Gone, register_source
from smo_kit.lock.terms import terms_of

ID: Final = "file"
BETWEEN: Final = "|"
"""Stands in ``Ref.where`` between a file's short name and the words of its link, which a tag may give."""


def where_of(slug: str, label: str) -> str:
    """Return what the source finds a file by."""
    return f"{slug}{BETWEEN}{label}" if label else slug


def parts_of(where: str) -> tuple[str, str]:
    """Return the short name and the words of the link."""
    slug, _, label = where.partition(BETWEEN)
    return slug, label


def file_part(request: HttpRequest, ref: Ref) -> SafeString:
    """Return a link to the file for who asks. Raises Gone."""
    slug, label = parts_of(ref.where)
    download, terms = download_of(slug, ref.key.language), terms_of(ref)
    if download is None or terms is None:
        raise Gone(ref.where)
    is_own = reader_of(request) is not None
    context = {
        "file": facts_from(download),
        "address": address_of(request, download, terms.lock_id, ref.key.language),
        "label": label,
        "until": _until(download, None if is_own else terms.starts),
        "is_own": is_own,
    }
    return render_to_string("smo_kit/lock/file_link.html", context)


def _until(download: Download, closes: dt.datetime | None) -> dt.datetime:
    """Return how long a link works that is made now: one that is nobody's, no longer than till its lock closes."""
    now = timezone.now()
    until = now + dt.timedelta(minutes=download.expires_minutes)
    return min(until, closes) if closes and closes > now else until


register_source(ID, file_part)
