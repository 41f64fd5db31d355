"""The formats there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from smo_kit.comments.transfer import disqus, isso, remark42, smo, wordpress, xtd
from smo_kit.comments.transfer.foreign import Foreign

READERS: Final[dict[str, Callable[[Path], Iterator[Foreign]]]] = {
    "disqus": disqus.read,
    "isso": isso.read,
    "remark42": remark42.read,
    "smo": smo.read,
    "wordpress": wordpress.read,
    "xtd": xtd.read,
}
WRITERS: Final[dict[str, Callable[[Iterable[Foreign], IO[bytes]], int]]] = {
    "remark42": remark42.write,
    "smo": smo.write,
    "wordpress": wordpress.write,
}
