"""What lets mail programs show the mails of a discussion together, and filters find them (RFC 5322, RFC 2919)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.header import Header
from typing import Any, Final

from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, plain
from smo_kit.mail.headers import new_message_id
from smo_kit.mail.models import Mail
from smo_kit.notify.models import Delivery

TITLE_LENGTH: Final = 80
"""Letters of a page's title in a List-Id."""

Earlier = Mapping[tuple[int, int], str]
"""Message-IDs of mails by subscriber and comment."""


def earlier_mails(rows: Sequence[Delivery]) -> Earlier:
    """Return which mails have told the subscribers of the comments that these answer."""
    parents = {row.entry.parent_id for row in rows} - {None}
    told = Delivery.objects.filter(
        subscriber__in={row.subscriber_id for row in rows}, entry__in=parents, told_at__isnull=False
    ).exclude(mail_key="")
    keys = {(one.subscriber_id, one.entry_id): one.mail_key for one in told} if parents else {}
    mails = Mail.objects.filter(site_id=site_id(), key__in=set(keys.values())) if keys else Mail.objects.none()
    ids = dict(mails.values_list("key", "message_id"))
    return {who: ids[key] for who, key in keys.items() if key in ids}


def threading_of(last: Delivery, title: str, url: str, host: str, earlier: Earlier) -> dict[str, Any]:
    """Return those fields of a letter about one discussion, whose newest comment is ``last``."""
    answered = (last.subscriber_id, last.entry.parent_id or 0)
    return {
        "thread": new_message_id(f"discussion.{last.discussion_id}"),
        "in_reply_to": earlier.get(answered, ""),
        "list_id": list_id(title, last.discussion_id, host),
        "headers": {"List-Archive": f"<{url}>"},
    }


def list_id(title: str, discussion_id: int | None, host: str) -> str:
    """Return the List-Id of a discussion (None: of digests), in ASCII alone.

    Words of other letters are encoded (RFC 2047), what identifies it never is.
    """
    name = f"discussion-{discussion_id}" if discussion_id else "digest"
    words = cut(plain(title), TITLE_LENGTH).replace('"', "'").replace("\\", "/")
    phrase = f'"{words}"' if words.isascii() else Header(words, "utf-8").encode(linesep="")
    return f"{phrase} <{name}.comments.{_ascii(host)}>"


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return "localhost"
