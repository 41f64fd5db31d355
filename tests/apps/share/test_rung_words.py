"""What each rung proves, in words."""

from __future__ import annotations

import pytest

from smo_kit.share.rung_words import LADDER
from smo_kit.share.rungs import Rung


def test_every_rung_is_explained_the_lowest_first():
    assert list(LADDER) == sorted(Rung)


@pytest.mark.parametrize("rung", Rung)
def test_by_sentences(rung):
    step = LADDER[rung]
    assert (step.rung, step.label) == (rung, rung.label)
    for text in map(str, (step.proves, step.does_not_prove)):
        assert text[0].isupper()
        assert text.endswith(".")
