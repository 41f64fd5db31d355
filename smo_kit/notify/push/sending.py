"""Sends pushes in small steps between the mails, so that a push service that is slow holds up nobody's mail."""

from __future__ import annotations

import datetime as dt
import json
import time
from email.utils import parseaddr
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Discussion
from smo_kit.core.addresses import absolute
from smo_kit.core.events import event, event_logger
from smo_kit.core.http import Answer, Refused, fetch
from smo_kit.core.text import cut, plain
from smo_kit.mail.headers import sender
from smo_kit.notify.due_times import is_paused
from smo_kit.notify.models import ERROR_LENGTH, Delivery, Push, PushDevice
from smo_kit.notify.page_cards import titles_of
from smo_kit.notify.push.keys import BadKeys, encrypted, is_ready, signature
from smo_kit.notify.push.queue import claim, give_back

STEP: Final = 20
"""Pushes that a step sends at most."""
STEP_SECONDS: Final = 4.0
"""No further one is begun in a step after so many seconds."""
TIMEOUT: Final = 3.0
"""Seconds for which a push service is waited for; then it is left alone for the rest of the step."""
PAUSES: Final = (1, 10, 60)
"""Minutes until a push is tried again, after the first failure, the second, the third."""
LONGEST_PAUSE: Final = 24 * 3600
"""Seconds that a service may ask for at most."""
LIVES: Final = 24 * 3600
"""Seconds for which the service keeps a push for a device that is off."""
TITLE: Final = 100
EXCERPT: Final = 140
"""Letters of a page's title and of a comment that are sent along."""
ROOM: Final = 600
"""Code points of each at most: all of a message has 3993 bytes (RFC 8291)."""
GONE: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
NEVER_TAKEN: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}

logger = event_logger(__name__)


def send_pushes(limit: int) -> int:
    """Send at most so many of the pushes that are due, some seconds long; return how many were dealt with.

    A source of ``mail``.
    """
    if not is_ready():
        return 0
    rows = claim(min(limit, STEP))
    return _Step().send(rows) if rows else 0


class _Step:
    """Pushes that are sent one after the other; what many have in common is found once."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + STEP_SECONDS
        self._contact = f"mailto:{parseaddr(sender())[1]}"
        self._titles: dict[tuple[int, str], str] = {}
        self._silent: dict[str, str] = {}
        """What was wrong with each host that did not answer."""
        self._gone: set[int] = set()

    def send(self, rows: list[Push]) -> int:
        wanted = _wanted(rows)
        for done, row in enumerate(rows):
            if time.monotonic() > self._ends:
                give_back(rows[done:])
                return done
            if row.pk not in wanted:
                row.delete()
            elif row.device_id not in self._gone:
                self._one(row)
        return len(rows)

    def _one(self, row: Push) -> None:
        device = row.device
        host = str(device)
        message = self._message(row)
        if not message:
            row.delete()
            return
        if host in self._silent:
            self._again(row, self._silent[host])
            return
        try:
            answer = self._told(device, message, f"c{row.entry_id}")
        except BadKeys as error:
            logger.warning(
                "A device of %s has bad keys and is forgotten: %s", host, error, extra=event("notify.device_forgotten")
            )
            self._forget(device)
        except Refused as refused:
            self._silent[host] = str(refused)
            self._again(row, str(refused))
        else:
            self._settle(row, answer)

    def _told(self, device: PushDevice, message: bytes, topic: str) -> Answer:
        headers = {
            "Authorization": signature(device.endpoint, self._contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(LIVES),
            "Topic": topic,
        }
        body = encrypted(message, p256dh=device.p256dh, auth=device.auth)
        return fetch(device.endpoint, method="POST", headers=headers, body=body, timeout=TIMEOUT, redirects=0)

    def _message(self, row: Push) -> bytes:
        """Return what the service worker shows; nothing when nobody may see the page any more."""
        language = row.device.language or settings.LANGUAGE_CODE
        with override(language):
            title = self._title(row.entry.discussion, language)
            if not title:
                return b""
            said = cut(plain(row.entry.html), EXCERPT, room=ROOM)
            shown = {
                "title": cut(title, TITLE, room=ROOM),
                "body": f"{cut(row.entry.author_name, TITLE, room=TITLE)}: {said}",
                "tag": f"c{row.entry_id}",
                "lang": language,
                "data": absolute(permalink(row.entry_id)),
            }
        return json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace")

    def _title(self, discussion: Discussion, language: str) -> str:
        key = (discussion.pk, language)
        if key not in self._titles:
            self._titles[key] = titles_of([discussion]).get(discussion.pk, "")
        return self._titles[key]

    def _settle(self, row: Push, answer: Answer) -> None:
        said = f"{row.device} said {answer.status}"
        if answer.status in GONE:
            self._forget(row.device)
        elif answer.status in NEVER_TAKEN:
            _give_up(row, said)
        elif not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            self._again(row, said, _asked_pause(answer))
        else:
            _change(row, due=None)
            if row.device.last_error:
                PushDevice.objects.filter(pk=row.device_id).update(last_error="")

    def _again(self, row: Push, said: str, pause: int = 0) -> None:
        if row.tries >= len(PAUSES):
            _give_up(row, said)
            return
        seconds = max(PAUSES[row.tries] * 60, pause)
        _change(row, due=timezone.now() + dt.timedelta(seconds=seconds), tries=row.tries + 1)
        _note(row.device, said)

    def _forget(self, device: PushDevice) -> None:
        self._gone.add(device.pk)
        PushDevice.objects.filter(pk=device.pk).delete()


def _wanted(rows: list[Push]) -> set[int]:
    """Return which pushes still tell something: of a comment that stands there, that a member has not read yet."""
    now = timezone.now()
    entries = {row.entry_id for row in rows}
    unread = set(Delivery.objects.unread().filter(entry__in=entries).values_list("subscriber", "entry"))
    return {
        row.pk
        for row in rows
        if (row.device.subscriber_id, row.entry_id) in unread and not is_paused(row.device.subscriber, now)
    }


def _asked_pause(answer: Answer) -> int:
    """Return for how many seconds a service wants to be left alone."""
    asked = answer.headers.get("retry-after", "")
    return min(int(asked[:9]), LONGEST_PAUSE) if asked.isascii() and asked.isdigit() else 0


def _give_up(row: Push, said: str) -> None:
    logger.warning("A push was given up: %s.", said, extra=event("notify.push_given_up"))
    _change(row, due=None)
    _note(row.device, said)


def _note(device: PushDevice, said: str) -> None:
    PushDevice.objects.filter(pk=device.pk).update(last_error=said[:ERROR_LENGTH])


def _change(row: Push, **columns: object) -> None:
    Push.objects.filter(pk=row.pk).update(**columns)
