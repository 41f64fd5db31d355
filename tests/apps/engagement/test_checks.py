from __future__ import annotations

import pytest
from django.test import override_settings

from smo_kit.core import values
from smo_kit.core.checks import settings_are_right
from smo_kit.engagement import conf
from smo_kit.engagement.conf import engagement_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("repeat_seconds", -1),
        ("repeat_seconds", 86_401),
        ("address_limit", 0),
        ("buffer_seconds", -1),
        ("views", "yes"),
    ],
)
def test_a_wrong_setting_is_an_error_with_its_default(name: str, value: object) -> None:
    with override_settings(SMO_KIT={"ENGAGEMENT": {name: value}}):
        (error,) = settings_are_right(None)

    assert error.id == "smo_kit.E002"
    assert error.hint.startswith("The default is")


def test_a_day_is_the_longest_time_in_which_a_reader_counts_once() -> None:
    assert engagement_settings.accept("repeat_seconds", 86_400) == 86_400
    with pytest.raises(ValueError, match=r"must be 86400 \(a day\) or less, not 86401"):
        engagement_settings.accept("repeat_seconds", 86_401)


@pytest.mark.parametrize("value", [-1, 86_401])
def test_an_editor_is_told_what_is_wrong_in_words_that_can_be_translated(
    value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "gettext", "translated: {}".format)
    monkeypatch.setattr(values, "_", "translated: {}".format)

    with pytest.raises(ValueError, match="translated: must be"):
        engagement_settings.accept("repeat_seconds", value)
