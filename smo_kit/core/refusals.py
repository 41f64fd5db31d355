"""What a person is told whose act is refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

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
