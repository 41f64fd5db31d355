from __future__ import annotations

from collections.abc import Iterator

import pytest

from smo_kit.spam.memory import forget_learned
from smo_kit.spam.training import Labelled, Training
from tests.apps.spam.texts import HAM, SPAM


@pytest.fixture(autouse=True)
def nothing_learned() -> Iterator[None]:
    forget_learned()
    yield
    forget_learned()


@pytest.fixture
def training() -> Training:
    """A model of two small sources, trained."""
    rows = [*(Labelled(text, True) for text in SPAM), *(Labelled(text, False) for text in HAM)]
    made = Training({"one": rows[::2], "two": rows[1::2]})
    for _ in made.run():
        pass
    return made
