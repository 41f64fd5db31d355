"""Comments on their way in, kept outside of memory and found again by their page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from smo_kit.comments.transfer.foreign import Foreign
from smo_kit.core.subjects import Key


class Spool:
    """A database of its own in a temporary file, which is gone when this is closed."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("CREATE TABLE spool (page TEXT, source TEXT, id TEXT, data TEXT, UNIQUE (source, id))")

    def add(self, page: Key, one: Foreign) -> bool:
        """Keep a comment; return False if there is one of the same id."""
        data = json.dumps(one.as_json())
        row = (page.sign(), one.source, one.id, data)
        return self._rows.execute("INSERT OR IGNORE INTO spool VALUES (?, ?, ?, ?)", row).rowcount == 1

    def pages(self) -> Iterator[tuple[Key, list[Foreign]]]:
        """Yield each page and its comments."""
        self._rows.execute("CREATE INDEX IF NOT EXISTS pages ON spool (page)")
        for (page,) in self._rows.execute("SELECT DISTINCT page FROM spool ORDER BY page").fetchall():
            rows = self._rows.execute("SELECT data FROM spool WHERE page = ? ORDER BY rowid", (page,))
            yield Key.unsign(page), [Foreign.from_json(json.loads(data)) for (data,) in rows]

    def __len__(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM spool").fetchone()[0])

    def close(self) -> None:
        """Throw everything away."""
        self._rows.close()
