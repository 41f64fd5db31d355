"""A comment as another system has it, whatever its format: what readers yield and writers take."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import blake2b
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any, Final, cast

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from smo_kit.comments.markup import tidy
from smo_kit.comments.states import State
from smo_kit.core.sayings import spoken
from smo_kit.core.text import one_line

_WORDS: Final = (
    "id",
    "parent",
    "url",
    "identifier",
    "title",
    "name",
    "email",
    "website",
    "user",
    "ip",
    "source",
    "own",
)
_GZIP: Final = b"\x1f\x8b"
UNPACKED: Final = 50_000_000
"""Bytes that any packed file may hold."""
RATIO: Final = 100
"""How many times its own size a larger one may hold: comments come to 5 or 20."""


class BadFile(ValueError):
    """The file is not of its format, or broken; the text says where and what to do. Nothing of it was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One comment."""

    id: str
    text: str
    """Markdown, as the suite has it."""
    parent: str = ""
    """The id of the comment that it answers."""
    url: str = ""
    """The address of its page, with or without a host."""
    identifier: str = ""
    """What else its page is known by: ``app.model:pk`` is understood."""
    title: str = ""
    """That of the page, for a report."""
    name: str = ""
    email: str = ""
    website: str = ""
    user: str = ""
    """The name of an account, believed where one has it and the same address."""
    submitted: dt.datetime | None = None
    state: State = State.PUBLISHED
    ip: str = ""
    likes: int = 0
    dislikes: int = 0
    source: str = ""
    """The system that it was first in; "": that of the file's format."""
    own: str = ""
    """The id that it had in the suite, where a site of the suite has written it into another system's format."""
    refused: str = ""
    """Why it is no comment, in a few words; "": it is one."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What only the suite's own format knows."""

    @property
    def page(self) -> str:
        """What tells its page from others of the same file."""
        return self.identifier or self.url

    @property
    def mark(self) -> str:
        """What tells it from every other comment of every source."""
        date = self.submitted.isoformat() if self.submitted else ""
        what = repr((self.source, self.url, self.identifier, self.id, date))
        return blake2b(what.encode("utf-8", "replace"), digest_size=32).hexdigest()

    def cleaned(self) -> Foreign:
        """Return it without what no table takes: control characters, halves of letters."""
        words: dict[str, Any] = {name: one_line(getattr(self, name)) for name in _WORDS}
        return replace(self, text=tidy(self.text), **words)

    def as_json(self) -> dict[str, Any]:
        """Return what differs from an empty one."""
        empty = asdict(replace(_EMPTY))
        given = {name: value for name, value in asdict(self).items() if value != empty[name] or name == "text"}
        if self.submitted:
            given["submitted"] = self.submitted.isoformat()
        return given

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Foreign:
        """Return what ``as_json`` has written. Raises ValueError for what is not of its form."""
        names = {one.name for one in fields(cls)} - {"submitted", "state", "likes", "dislikes", "more", "refused"}
        for name in names:
            if not isinstance(given.get(name, ""), str):
                raise ValueError(f"{name} must be a string")
        if not given.get("id") or "text" not in given:
            raise ValueError("id and text are needed")
        more = _right_more(given.get("more", {}))
        return cls(
            **{name: given[name] for name in names if name in given},
            submitted=moment(given.get("submitted")),
            state=State(given.get("state", State.PUBLISHED)),
            likes=number(given.get("likes")),
            dislikes=number(given.get("dislikes")),
            more=more,
        )


MORE: Final[dict[str, tuple[type, ...]]] = {
    "votes": (str, int),
    "reports": (str, str),
    "actions": (str, str, str, str),
    "origins": (str, str),
}
"""What the rows of ``more`` are: voter and value; reporter and reason; verb, before, after, note; source and mark."""


def _right_more(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("more must be an object")
    for name, kinds in MORE.items():
        rows = given.get(name, [])
        if not isinstance(rows, list) or any(not _is_row(row, kinds) for row in rows):
            raise ValueError(f"more: {name} must be a list of {len(kinds)} values each")
    if not _can_be_said(given.get("reasons", [])) or not isinstance(given.get("spam_score"), float | int | None):
        raise ValueError("more: reasons must be a list of texts or of messages with their values, spam_score a number")
    return given


def _can_be_said(reasons: object) -> bool:
    try:
        return isinstance(reasons, list) and all(isinstance(one, str) for one in spoken(reasons))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _is_row(row: object, kinds: tuple[type, ...]) -> bool:
    if not isinstance(row, list) or len(row) != len(kinds):
        return False
    return all(isinstance(value, kind) for value, kind in zip(row, kinds, strict=True))


_EMPTY: Final = Foreign(id="", text="")


def moment(given: object) -> dt.datetime | None:
    """Return a point in time, of ISO 8601 or of seconds since 1970; without a zone it is UTC. None: it is no date."""
    try:
        if isinstance(given, int | float):
            return dt.datetime.fromtimestamp(given, dt.UTC)
        found = parse_datetime(str(given or "").strip())
        if found is None or found.year < 2:
            return None
        return found if timezone.is_aware(found) else found.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def number(given: object) -> int:
    """Return a count, 0 for what is none."""
    return max(given, 0) if isinstance(given, int) and not isinstance(given, bool) else 0


def opened(file: Path) -> IO[bytes]:
    """Open a file, packed by gzip or not. Raises OSError; reading it BadFile for a bomb, EOFError for half a one."""
    with file.open("rb") as raw:
        packed = raw.read(2) == _GZIP
    return cast("IO[bytes]", BufferedReader(_Unpacked(file))) if packed else file.open("rb")


class _Unpacked(RawIOBase):
    """What is in a packed file, but not the terabyte that a few megabytes of zeros may hold."""

    def __init__(self, file: Path) -> None:
        self._packed = gzip.open(file)  # noqa: SIM115
        self._left = max(UNPACKED, file.stat().st_size * RATIO)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer. Raises BadFile when more has come than an export would hold."""
        data = self._packed.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise BadFile(f"It holds more than {RATIO} times its own size, as no export does. Unpack it yourself.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close both."""
        self._packed.close()
        super().close()
