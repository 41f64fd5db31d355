"""A Maildir, of which each mail is read once; whoever reads it with a mail program sees what needs a person.

https://cr.yp.to/proto/maildir.html
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SEEN: Final = "S"
FLAGGED: Final = "F"
_INFO: Final = ":2,"


class NoMaildir(ValueError):
    """This is no Maildir; the text says so."""


class Maildir:
    """Mails that nobody has seen or flagged yet: in ``new``, and in ``cur`` where a mail program has looked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not all((folder / name).is_dir() for name in ("new", "cur")):
            raise NoMaildir(f"{folder} is no Maildir: it has no folders new and cur")

    def unseen(self) -> Iterator[Path]:
        """Yield the files, the oldest name first."""
        for name in ("new", "cur"):
            with os.scandir(self._folder / name) as entries:
                paths = [Path(entry.path) for entry in entries if entry.is_file() and not entry.name.startswith(".")]
            yield from (path for path in sorted(paths) if not {SEEN, FLAGGED} & set(_flags(path.name)))

    def move(self, path: Path, flag: str) -> bool:
        """Move a mail to ``cur`` with a flag; return False if somebody else has moved it meanwhile."""
        flags = "".join(sorted({*_flags(path.name), flag}))
        try:
            path.rename(self._folder / "cur" / f"{path.name.partition(_INFO)[0]}{_INFO}{flags}")
        except FileNotFoundError:
            return False
        return True


def _flags(name: str) -> str:
    return name.partition(_INFO)[2]
