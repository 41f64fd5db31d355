"""Files of labelled texts: CSV with the columns ``label`` (spam or ham, 1 or 0) and ``text``; others are left alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from smo_kit.spam.training import Labelled

LABELS: Final = {"spam": True, "1": True, "true": True, "ham": False, "0": False, "false": False}
LARGEST_FIELD: Final = 2**24
"""Letters of one field: more is a broken quote."""


class UnreadableFile(ValueError):
    """The file is not as it must be; the message says where, and what is right."""


def read_labelled(path: Path) -> list[Labelled]:
    """Return the texts of a file, in their order. Raises UnreadableFile."""
    csv.field_size_limit(LARGEST_FIELD)
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            missing = {"label", "text"} - set(rows.fieldnames or ())
            if missing:
                raise UnreadableFile(
                    f"{path} has no column {' and no column '.join(sorted(missing))}: name them in its first line."
                )
            return [_labelled(row, path, rows.line_num) for row in rows]
    except (OSError, UnicodeError, csv.Error) as error:
        raise UnreadableFile(f"{path} can't be read as CSV in UTF-8: {error}") from error


def _labelled(row: dict[str, str | None], path: Path, line: int) -> Labelled:
    label = (row["label"] or "").strip().lower()
    if label not in LABELS:
        raise UnreadableFile(f"{path}, line {line}: the label must be spam or ham (1 or 0), not {label!r}.")
    if row["text"] is None:
        raise UnreadableFile(f"{path}, line {line}: there is a label and no text.")
    return Labelled(row["text"], LABELS[label])
