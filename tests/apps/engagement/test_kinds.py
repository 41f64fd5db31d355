from __future__ import annotations

import pytest

from smo_kit.core.kinds import UnknownKind
from smo_kit.engagement.kinds import Kind, kind_of, register_kind
from smo_kit.networks.registry import network


def test_an_app_adds_a_kind_of_its_own() -> None:
    waved = register_kind(Kind(id="waved", label="Waved"))

    assert kind_of("waved") is waved


def test_a_later_kind_of_the_same_id_takes_the_place_of_the_earlier() -> None:
    register_kind(Kind(id="waved", label="Waved"))
    later = register_kind(Kind(id="waved", label="Waved twice"))

    assert kind_of("waved") is later


def test_an_unknown_kind_is_an_error_that_names_the_nearest_and_the_cure() -> None:
    with pytest.raises(UnknownKind, match=r"No kind 'veiwed'.*Did you mean 'viewed'\?.*register_kind"):
        kind_of("veiwed")


def test_pages_may_report_views_and_opened_shares_and_nothing_else_by_default() -> None:
    assert not Kind(id="waved", label="Waved").by_page
    assert kind_of("viewed").by_page
    assert kind_of("shared").by_page
    assert kind_of("shared").facet == "opened"


def test_a_kind_knows_through_which_networks_it_is_done() -> None:
    vk = network("vk")
    assert vk

    assert kind_of("shared").is_through(vk)
    assert not kind_of("viewed").is_through(vk)


@pytest.mark.parametrize("wrong", [{"id": ""}, {"id": "x" * 33}, {"id": "x", "facet": "y" * 33}])
def test_a_kind_that_no_column_could_hold_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="at most 32 letters"):
        Kind(label="", **wrong)
