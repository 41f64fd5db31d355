"""Who asks for a personal link, and what that proves."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.signing import Signer
from django.utils import timezone

from smo_kit.core.identities import of_browser, of_member
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import COOKIE
from smo_kit.engagement.services import counts
from smo_kit.networks.network import Network
from smo_kit.networks.registry import all_networks, network
from smo_kit.share import sightings
from smo_kit.share.models import Fetch, Visit
from smo_kit.share.proofs import BROWSER, rungs_of
from smo_kit.share.rungs import Rung
from smo_kit.share.signals import rung_reached
from tests.apps.share.proving import (
    DISCORD,
    FACEBOOK,
    HOME,
    IMESSAGE,
    OWN,
    PERSON,
    STRANGE,
    TELEGRAM,
    WHATSAPP,
    X,
    dns,
    link_of,
    request_of,
    seen,
)
from tests.networks.test_crawlers import OTHERS, PREVIEWS

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def no_dns_in_requests(settings):
    """Whoever asks the DNS while a reader waits fails the test."""

    def fail() -> None:
        raise AssertionError("The DNS was asked within a request.")

    dns.__init__(before=fail)
    settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": {"resolver": "tests.apps.share.proving.dns"}}
    yield
    assert dns.asked == []
    dns.__init__()


@pytest.fixture
def told():
    """The rungs that were told, in their order."""
    rungs: list[Rung] = []

    def hear(link, rung, **kwargs):
        rungs.append(rung)

    rung_reached.connect(hear)
    yield rungs
    rung_reached.disconnect(hear)


@pytest.fixture
def at_work(django_capture_on_commit_callbacks):
    """Do what is done on commit, as requests outside of tests do."""

    def work(link, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return seen(link, *args, **kwargs)

    return work


def account(name: str, **more: object):
    return get_user_model().objects.create_user(name, **more)


class TestRobots:
    def test_the_robot_of_the_network_previews(self, post, at_work, told):
        link = at_work(link_of(post), FACEBOOK, OWN)

        fetch = link.fetches.get()
        assert link.reached() == Rung.PREVIEWED
        assert link.reached(link.opened) == Rung.PREVIEWED
        assert (fetch.network, fetch.address, fetch.agent, fetch.verdict) == (
            "facebook",
            OWN,
            FACEBOOK,
            Fetch.Verdict.WAITING,
        )
        assert (fetch.at, told) == (link.previewed, [Rung.PREVIEWED])
        assert counts(key_of(post), "shared", facet="previewed") == {"facebook": 1}

    @pytest.mark.parametrize(("agent", "whose"), PREVIEWS, ids=ascii)
    def test_each_robot_previews_links_to_its_own_network_alone(self, post, agent, whose):
        for number, one in enumerate(all_networks()):
            link = seen(link_of(post, one.id), agent, f"198.51.100.{number}")
            proves = one.id == whose and Rung.PREVIEWED in rungs_of(one)
            assert link.reached() == (Rung.PREVIEWED if proves else Rung.OPENED)
            assert link.fetches.exists() == proves

    @pytest.mark.parametrize("agent", OTHERS, ids=ascii)
    def test_what_is_no_robot_of_a_network_previews_nothing(self, post, agent):
        for id_ in ("facebook", "x", "whatsapp", "vk"):
            link = seen(link_of(post, id_), agent)
            assert (link.previewed, link.fetches.count()) == (None, 0)

    @pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "preview"}, {"X-Moz": "prefetch"}])
    @pytest.mark.parametrize("agent", [FACEBOOK, PERSON])
    def test_what_is_fetched_in_advance_proves_nothing(self, post, agent, headers):
        link = seen(link_of(post, opened=MINUTE), agent, **headers)
        assert link.reached() == Rung.OPENED

    @pytest.mark.parametrize("dest", ["image", "iframe", "script", "empty", "embed", "object"])
    @pytest.mark.parametrize("agent", [FACEBOOK, PERSON])
    def test_parts_of_other_pages_prove_nothing(self, post, agent, dest):
        assert seen(link_of(post, opened=MINUTE), agent, **{"Sec-Fetch-Dest": dest}).reached() == Rung.OPENED

    @pytest.mark.parametrize("dest", ["document", ""])
    def test_who_goes_there_does(self, post, dest):
        assert seen(link_of(post, opened=MINUTE), **{"Sec-Fetch-Dest": dest}).reached() == Rung.VISITED

    @pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
    @pytest.mark.parametrize("agent", [FACEBOOK, PERSON])
    def test_other_methods_prove_nothing(self, post, agent, method):
        assert seen(link_of(post, opened=MINUTE), agent, method=method).reached() == Rung.OPENED

    def test_a_fetch_from_the_senders_phone_proves_nothing(self, post):
        assert seen(link_of(post, "whatsapp"), WHATSAPP, HOME).reached() == Rung.OPENED

    @pytest.mark.parametrize("id_", ["facebook", "x"])
    def test_apples_double_name_proves_nothing(self, post, id_):
        assert seen(link_of(post, id_, opened=MINUTE), IMESSAGE, HOME).reached() == Rung.OPENED

    def test_what_can_not_be_verified_is_kept_without_its_address(self, post):
        fetch = seen(link_of(post, "discord"), DISCORD).fetches.get()
        assert (fetch.address, fetch.verdict) == (None, Fetch.Verdict.UNKNOWN)

    def test_nor_is_the_address_of_a_proxy_whose_word_is_not_taken(self, post):
        link = seen(link_of(post), FACEBOOK, "10.0.0.1", **{"X-Forwarded-For": OWN})
        assert (link.fetches.get().address, link.reached()) == (None, Rung.PREVIEWED)

    def test_the_address_is_what_the_trusted_proxy_saw(self, post, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"trusted_proxies": 1}}
        link = seen(link_of(post), FACEBOOK, "10.0.0.1", **{"X-Forwarded-For": f"{OWN}, {STRANGE}"})
        assert link.fetches.get().address == STRANGE

    def test_an_address_of_both_families_is_kept_as_what_it_is(self, post):
        assert seen(link_of(post), FACEBOOK, f"::ffff:{OWN}").fetches.get().address == OWN


class TestWindow:
    def test_it_ends(self, post, share):
        assert seen(link_of(post, opened=59 * MINUTE), FACEBOOK).reached() == Rung.PREVIEWED
        assert seen(link_of(post, "x", opened=61 * MINUTE), X).reached() == Rung.OPENED

    def test_it_is_a_setting(self, post, settings):
        settings.SMO_KIT = {"SHARE": {"window_minutes": 5}}
        assert seen(link_of(post, opened=6 * MINUTE), FACEBOOK).reached() == Rung.OPENED

    def test_clocks_of_two_servers_may_differ_a_little(self, post):
        link = seen(link_of(post, opened=-SECOND), FACEBOOK)
        assert (link.previewed, link.fetches.get().at) == (link.opened, link.opened)

    def test_but_not_more(self, post):
        assert seen(link_of(post, opened=-10 * SECOND), FACEBOOK).reached() == Rung.OPENED

    def test_a_link_that_nobody_has_taken_out_proves_nothing(self, post):
        link = link_of(post)
        type(link).objects.update(opened=None)
        link.refresh_from_db()
        assert seen(link, FACEBOOK).reached() is None
        assert seen(link, PERSON).reached() is None

    def test_a_preview_of_an_earlier_way_out_is_none_of_the_next_one(self, post, at_work, told):
        link = at_work(link_of(post, opened=10 * MINUTE), FACEBOOK, OWN)
        link.opened = timezone.now() + SECOND
        link.save()
        assert link.reached(link.opened) == Rung.OPENED
        assert at_work(link, FACEBOOK, OWN).reached(link.opened) == Rung.PREVIEWED
        assert told == [Rung.PREVIEWED] * 2
        assert counts(key_of(post), "shared", facet="previewed") == {"facebook": 1}, "once a day"


class TestReplays:
    def test_a_robot_that_comes_again_is_told_of_once(self, post, at_work, told):
        link = link_of(post)
        for _ in range(3):
            at_work(link, FACEBOOK, OWN)
        assert (link.fetches.count(), told) == (1, [Rung.PREVIEWED])

    def test_fetches_are_kept_of_a_link_up_to_a_limit(self, post):
        link = link_of(post)
        for number in range(sightings.FETCHES_PER_HOUR + 10):
            seen(link, FACEBOOK, f"198.51.100.{number}")
        assert link.fetches.count() == sightings.FETCHES_PER_HOUR

    def test_a_name_without_end_is_cut(self, post):
        link = seen(link_of(post, "vk"), "vkShare" + "x" * 10_000 + "\x00")
        assert len(link.fetches.get().agent) == 200


class TestPeople:
    def test_another_person_visits(self, post, at_work, told):
        link = at_work(link_of(post, opened=MINUTE))
        assert (link.reached(), link.visits, told) == (Rung.VISITED, 1, [Rung.VISITED])
        assert counts(key_of(post), "shared", facet="visited") == {"facebook": 1}

    def test_once_a_day(self, post):
        link = link_of(post, opened=MINUTE)
        for _ in range(100):
            seen(link)
        assert (link.visits, Visit.objects.count()) == (1, 1)
        with mock.patch.object(timezone, "now", return_value=timezone.now() + dt.timedelta(days=1)):
            seen(link)
        assert (link.visits, Visit.objects.count()) == (2, 2)

    def test_no_address_brings_a_crowd(self, post):
        link = link_of(post, opened=MINUTE)
        for number in range(100):
            seen(link, f"{PERSON} {number}")
        assert link.visits == sightings.BROWSERS_PER_ADDRESS

    def test_nor_does_a_network_of_one_household(self, post):
        link = link_of(post, opened=MINUTE)
        for number in range(100):
            seen(link, f"{PERSON} {number}", f"2001:db8::{number:x}")
        assert link.visits == sightings.BROWSERS_PER_ADDRESS

    def test_many_addresses_are_many_visitors_but_one_share(self, post, at_work, told):
        link = link_of(post, opened=MINUTE)
        for number in range(30):
            at_work(link, PERSON, f"198.51.100.{number}")
        assert (link.visits, told) == (30, [Rung.VISITED])

    def test_who_is_behind_a_proxy_that_is_not_known_is_nobody(self, post):
        link = seen(link_of(post, opened=MINUTE), PERSON, "10.0.0.1", **{"X-Forwarded-For": STRANGE})
        assert link.reached() == Rung.OPENED

    def test_in_the_first_seconds_come_programs_that_look_for_viruses(self, post):
        assert seen(link_of(post, opened=2 * SECOND)).reached() == Rung.OPENED
        assert seen(link_of(post, "x", opened=6 * SECOND)).reached() == Rung.VISITED

    def test_nothing_about_him_stays(self, post):
        seen(link_of(post, opened=MINUTE))
        who = Visit.objects.get().who
        assert len(who) == 64
        assert STRANGE not in who

    def test_one_visitor_of_two_links_is_not_known_as_one(self, post):
        seen(link_of(post, opened=MINUTE))
        seen(link_of(post, "x", opened=MINUTE))
        assert Visit.objects.values("who").distinct().count() == 2

    def test_a_new_key_of_the_site_makes_no_new_visitor(self, post, settings):
        link = seen(link_of(post, opened=MINUTE))
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        assert seen(link).visits == 1

    def test_two_requests_at_once_are_one_visit(self, post):
        link = link_of(post, opened=MINUTE)
        nothing = mock.Mock(**{"filter.return_value.exists.return_value": False})
        seen(link)
        with mock.patch.object(Visit, "objects", nothing):
            nothing.create = Visit._base_manager.create
            seen(link)
        assert (link.visits, Visit.objects.count()) == (1, 1)


class TestSharer:
    def visit(self, link, *, key="", user=None, address=STRANGE):
        request = request_of(PERSON, address)
        request.user = user or AnonymousUser()
        if user is not None:
            request.COOKIES["sessionid"] = "x"
        if key:
            request.COOKIES[COOKIE] = Signer(salt="smo_kit.visitor").sign(f"{key}.")
        sightings.see(link, request)
        link.refresh_from_db()
        return link

    def test_his_browser_is_himself(self, post):
        link = link_of(post, opened=MINUTE, sharer=of_browser("a" * 32, BROWSER)[0])
        assert self.visit(link, key="a" * 32).visits == 0
        assert self.visit(link, key="b" * 32).visits == 1

    def test_his_browser_is_himself_under_an_older_key_of_the_site(self, post, settings):
        link = link_of(post, opened=MINUTE, sharer=of_browser("a" * 32, BROWSER)[0], home="")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        assert self.visit(link, key="a" * 32).visits == 0

    @pytest.mark.parametrize("how", ["by mark", "by account"])
    def test_his_account_is_himself_in_any_browser(self, post, how):
        ada, bob = account("ada"), account("bob")
        who = {"sharer": of_member(ada.pk)[0]} if how == "by mark" else {"user": ada}
        link = link_of(post, opened=MINUTE, **who)
        assert self.visit(link, user=ada).visits == 0
        assert self.visit(link, user=bob).visits == 1

    def test_a_second_browser_at_home_is_himself(self, post):
        link = link_of(post, opened=MINUTE)
        assert seen(link, f"{PERSON} another", HOME).visits == 0

    def test_also_tomorrow(self, post):
        assert seen(link_of(post, opened=dt.timedelta(days=1)), PERSON, HOME).visits == 0

    def test_also_under_a_new_key_of_the_site(self, post, settings):
        link = link_of(post, opened=MINUTE)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        assert seen(link, PERSON, HOME).visits == 0

    def test_editors_are_no_visitors(self, post):
        assert self.visit(link_of(post, opened=MINUTE), user=account("ed", is_staff=True)).visits == 0


class TestFaults:
    def test_nobody_is_troubled_by_what_fails(self, post, caplog):
        with mock.patch.object(sightings, "climb", side_effect=RuntimeError("no")):
            link = seen(link_of(post), FACEBOOK)
        assert (link.reached(), link.fetches.count()) == (Rung.OPENED, 0)
        assert "can't be written down" in caplog.text

    def test_a_listener_that_fails_spoils_nothing(self, post, at_work):
        def fail(**kwargs):
            raise RuntimeError

        rung_reached.connect(fail)
        try:
            assert at_work(link_of(post), FACEBOOK).reached() == Rung.PREVIEWED
        finally:
            rung_reached.disconnect(fail)

    def test_who_proves_nothing_costs_no_query(self, post, django_assert_num_queries):
        link = link_of(post, opened=MINUTE)
        with django_assert_num_queries(0):
            sightings.see(link, request_of(PERSON, HOME))
            sightings.see(link, request_of(TELEGRAM))
            sightings.see(link, request_of(WHATSAPP))

    def test_a_task_verifies_where_tasks_run_elsewhere_alone(self, post, at_work):
        with mock.patch.object(sightings, "enqueue_on_commit") as enqueue:
            at_work(link_of(post), FACEBOOK, OWN)
            assert not enqueue.called
            with mock.patch.object(sightings, "run_elsewhere", return_value=True):
                at_work(link_of(post, "x"), X, OWN)
                at_work(link_of(post, "discord"), DISCORD, OWN)
        assert [call.args for call in enqueue.call_args_list] == [(sightings.verify_fetches,)]


class TestRungs:
    @pytest.mark.parametrize(
        ("id_", "rungs"),
        [
            ("facebook", (Rung.OPENED, Rung.PREVIEWED, Rung.VERIFIED, Rung.VISITED)),
            ("discord", (Rung.OPENED, Rung.PREVIEWED, Rung.VISITED)),
            ("whatsapp", (Rung.OPENED, Rung.VISITED)),
            ("email", (Rung.OPENED, Rung.VISITED)),
        ],
    )
    def test_a_network_gives_what_it_can(self, id_, rungs):
        found = network(id_)
        assert isinstance(found, Network)
        assert rungs_of(found) == rungs
