from __future__ import annotations

import pytest
from django.test import override_settings
from django.utils.html import escape

from smo_kit.best.told.offers import ForgedOffer, Offering, read_token, token_of
from smo_kit.core.subjects import ForgedKey, Key

PAGE = Key(5, "1")
ODD = "*a.b,c:d/ё\"'&<😀 %2A"


@pytest.mark.parametrize("page", [PAGE, None], ids=["page", "none"])
@pytest.mark.parametrize(
    "keys", [(), (Key(5, "2"),), (Key(5, "2"), Key(7, ODD), Key(7, ""))], ids=["nothing", "one", "odd"]
)
def test_what_is_written_is_read(page: Key | None, keys: tuple[Key, ...]) -> None:
    assert read_token(token_of("related:cards", page, keys)) == Offering("related:cards", page, keys)


def test_a_token_is_the_same_at_every_render_and_in_every_language() -> None:
    once = token_of("best:list", PAGE, [Key(5, "2", "en")])

    assert once == token_of("best:list", PAGE.speaking("ru"), [Key(5, "2", "ru")])
    assert read_token(once).keys == (Key(5, "2"),)


def test_a_token_is_no_number_has_no_comma_and_needs_no_escape() -> None:
    token = token_of("b,1*", Key(5, ODD), [Key(5, ODD)])

    assert "," not in token
    assert not token.isdigit()
    assert escape(token) == token


def test_a_token_of_twelve_pages_is_short() -> None:
    token = token_of("related:cards", Key(12, "10000"), [Key(12, str(10_000 + n)) for n in range(12)])

    assert len(token) < 180


@pytest.mark.parametrize("block", ["", "related:announcements"])
def test_a_name_that_has_no_room_is_an_error(block: str) -> None:
    with pytest.raises(ValueError, match="at most 16 letters"):
        token_of(block, PAGE, [])


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t.replace("5.2", "5.3"), lambda t: "", lambda t: "x:y"])
def test_what_was_changed_is_refused(change) -> None:
    token = token_of("best", PAGE, [Key(5, "2")])

    with pytest.raises(ForgedOffer):
        read_token(change(token))


def test_what_was_signed_by_another_key_or_for_something_else_is_refused() -> None:
    with override_settings(SECRET_KEY="another"):
        token = token_of("best", PAGE, [])

    for one in (token, PAGE.sign()):
        with pytest.raises(ForgedKey):
            read_token(one)


def test_a_key_of_the_site_that_was_changed_is_still_believed() -> None:
    with override_settings(SECRET_KEY="older"):
        token = token_of("best", PAGE, [])

    with override_settings(SECRET_KEY_FALLBACKS=["older"]):
        assert read_token(token).page == PAGE
