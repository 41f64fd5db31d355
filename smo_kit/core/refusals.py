"""What a person is told whose act is refused."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """The act is refused, and nothing was stored. ``sentence`` says why and what to do; ``field`` names the culprit."""

    def __init__(
        self, sentence: str | _StrPromise, *, field: str = "", status: HTTPStatus = HTTPStatus.BAD_REQUEST
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status
        for hear in _heard:
            hear(self)


_heard: Final[list[Callable[[Refused], None]]] = []


def on_refusal(hear: Callable[[Refused], None]) -> None:
    """Call ``hear`` with each refusal, whatever becomes of it."""
    if hear not in _heard:
        _heard.append(hear)
