"""To which networks a lock has readers share, and what its owner is told of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.utils.translation import override

from smo_kit.lock.conf import LockConf
from smo_kit.lock.policies import doubts, network_choices, network_notes, networks_of

pytestmark = pytest.mark.usefixtures("policies")


def ids(conf: LockConf) -> list[str]:
    return [one.id for one in networks_of(conf)]


def found(id_: str) -> list[tuple[str, str | None]]:
    return [(one.msg, one.hint) for one in run_checks() if one.id == id_]


@pytest.mark.django_db
class TestNetworks:
    def test_are_those_of_the_share_buttons_without_those_that_forbid_it(self, settings: Any) -> None:
        settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": {"networks": ["vk", "facebook", "copy", "viber", "x"]}}

        assert ids(LockConf()) == ["vk", "x"]

    def test_are_those_that_readers_of_the_language_use_where_nobody_has_chosen(self) -> None:
        with override("ru"):
            assert ids(LockConf())[:2] == ["vk", "telegram"]

    def test_are_those_of_the_terms_even_one_that_forbids_it(self) -> None:
        assert ids(LockConf(networks=("telegram", "facebook"))) == ["telegram", "facebook"]

    def test_of_the_terms_are_left_out_where_there_is_no_page_to_share_at(self) -> None:
        assert ids(LockConf(networks=("copy", "sms", "nowhere", "vk"))) == ["vk"]

    def test_the_same_one_named_twice_is_offered_once(self) -> None:
        assert ids(LockConf(networks=("vk", "vk"))) == ["vk"]


def test_an_editor_chooses_among_networks_alone() -> None:
    chosen = dict(network_choices())

    assert {"vk", "facebook", "telegram"} <= chosen.keys()
    assert not {"copy", "print", "qr", "sms", "viber"} & chosen.keys()


def test_beside_one_that_forbids_it_stand_reason_day_and_source() -> None:
    assert network_notes() == {
        "facebook": "Left out unless you number it: No gating. (https://rules.example/, read 11/26/2026)"
    }


class TestChecks:
    def test_one_that_forbids_it_is_named_with_the_reason(self, set_lock: Any) -> None:
        set_lock(networks=["facebook", "vk"])
        ((text, cure),) = found("smo_kit.W801")

        assert text.startswith(
            "SMO_KIT['LOCK']['networks']: Facebook forbids to give something for a share: No gating."
        )
        assert "https://rules.example/, read" in text
        assert cure == "Remove it, or answer for it yourself."

    def test_sharing_as_the_only_way_is_named_with_the_cure(self, set_lock: Any) -> None:
        set_lock(ways=["share"])
        ((_text, cure),) = found("smo_kit.W802")

        assert "Choose another way as well" in str(cure)

    @pytest.mark.parametrize(
        ("network", "cure"),
        [("telegrom", "Did you mean 'telegram'?"), ("skype", "has ended"), ("copy", "no network"), ("sms", "phones")],
    )
    def test_one_that_is_not_there_or_has_no_page_is_named(self, set_lock: Any, network: str, cure: str) -> None:
        set_lock(networks=[network])
        ((text, hint),) = found("smo_kit.W803")

        assert f"“{network}” is left out." in text
        assert cure in str(hint)

    def test_what_a_site_has_from_the_beginning_is_right(self) -> None:
        assert [one for id_ in ("W801", "W802", "W803") for one in found(f"smo_kit.{id_}")] == []

    def test_asks_no_database(self) -> None:
        assert len(doubts(LockConf(networks=("facebook", "zz"), ways=("share",)))) == 3
