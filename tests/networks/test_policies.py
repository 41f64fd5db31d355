"""What networks say of giving something for a share: read on a day, at a place."""

from __future__ import annotations

import datetime as dt

import pytest

from smo_kit.networks.registry import all_networks, network, networks_that_can

READ = networks_that_can("reward_policy")


@pytest.mark.parametrize("one", READ, ids=lambda one: one.id)
class TestEveryPolicy:
    def test_it_is_dated_and_has_a_source(self, one):
        assert one.reward_policy.as_of >= dt.date(2026, 11, 26)
        assert len(one.reward_policy.source) > 20

    def test_its_reason_is_a_sentence_for_an_owner(self, one):
        reason = str(one.reward_policy.reason)
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert len(reason) > 60


@pytest.mark.parametrize("id_", ["facebook", "messenger", "threads", "instagram", "x"])
def test_these_forbid_it(id_):
    assert network(id_).reward_policy.forbids


def test_of_vk_it_is_not_known():
    assert network("vk").reward_policy.verdict == "unknown"
    assert not network("vk").reward_policy.forbids


def test_nobody_has_looked_at_the_others():
    silent = {one.id for one in all_networks()} - {one.id for one in READ}
    assert {"telegram", "ok", "whatsapp", "mastodon", "email"} <= silent
