"""Whose robot it was: by published addresses, by names that lead back, and by nothing that anybody can write."""

from __future__ import annotations

import datetime as dt
import socket
from threading import Event
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from smo_kit.core.subjects import key_of
from smo_kit.core.sweeps import run_sweeps
from smo_kit.engagement.services import counts
from smo_kit.share import dns as asking
from smo_kit.share import verifying
from smo_kit.share.conf import share_settings
from smo_kit.share.crawler_verdicts import verdict_of
from smo_kit.share.dns import NoAnswer, System, answers
from smo_kit.share.models import AddressRange, Fetch
from smo_kit.share.rungs import Rung
from smo_kit.share.signals import rung_reached
from smo_kit.share.tasks import verify_fetches
from smo_kit.share.verifying import verify_waiting
from tests.apps.engagement.threads import side_by_side
from tests.apps.share.proving import DISCORD, FACEBOOK, OWN, OWN_6, STRANGE, dns, link_of, seen

V = Fetch.Verdict
NAME = "fwdproxy-1.fbsv.net"


@pytest.fixture(autouse=True)
def our_dns(settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SHARE": {"resolver": "tests.apps.share.proving.dns"}}
    dns.__init__(names={OWN: [NAME], OWN_6: [NAME]}, addresses={NAME: [OWN, OWN_6]})
    yield
    dns.__init__()


@pytest.fixture
def listed(db):
    AddressRange.objects.create(network="facebook", cidr="31.13.64.0/18")
    AddressRange.objects.create(network="facebook", cidr="2a03:2880::/32")


def later(**time: int):
    return mock.patch.object(timezone, "now", return_value=timezone.now() + dt.timedelta(**time))


@pytest.mark.django_db
class TestVerdicts:
    @pytest.mark.parametrize("address", [OWN, OWN_6])
    def test_a_name_that_leads_back_confirms(self, address):
        assert verdict_of("facebook", address) == V.CONFIRMED

    @pytest.mark.parametrize("address", [OWN, OWN_6, f"::ffff:{OWN}"])
    def test_so_does_a_published_range_and_nobody_is_asked(self, listed, address):
        assert verdict_of("facebook", address) == V.CONFIRMED
        assert dns.asked == []

    @pytest.mark.parametrize("address", [STRANGE, "2001:db8::1", f"::ffff:{STRANGE}"])
    def test_what_is_neither_is_refuted(self, listed, address):
        assert verdict_of("facebook", address) == V.REFUTED

    def test_the_ranges_of_another_network_say_nothing(self, listed):
        AddressRange.objects.create(network="x", cidr="198.51.100.0/24")
        assert verdict_of("facebook", STRANGE) == V.REFUTED

    @pytest.mark.parametrize(
        "name",
        [
            "evilfacebook.com",
            "facebook.com.evil.example",
            "www.facebook.com.",
            "facebook.com@evil.example",
            "evil.example/.facebook.com",
            "-.facebook.com",
            "xfbsv.net",
            "",
            ".",
            "198.51.100.9",
        ],
    )
    def test_a_name_of_somebody_elses_is_none(self, listed, name):
        """One of them looks right, and does not lead back."""
        dns.names[STRANGE] = [name]
        dns.addresses = {name: [STRANGE]} if name != "www.facebook.com." else {}
        assert verdict_of("facebook", STRANGE) == V.REFUTED

    def test_a_name_that_leads_elsewhere_refutes(self, listed):
        dns.names[STRANGE] = [NAME]
        assert verdict_of("facebook", STRANGE) == V.REFUTED

    @pytest.mark.parametrize("name", ["WWW.FaceBook.COM", "www.facebook.com.", "facebook.com"])
    def test_a_name_may_be_written_as_one_likes(self, name):
        dns.names[STRANGE] = ["evil.example", name]
        dns.addresses[name.rstrip(".").lower()] = ["nonsense", f"::ffff:{STRANGE}"]
        assert verdict_of("facebook", STRANGE) == V.CONFIRMED

    def test_nobody_is_refuted_while_published_ranges_are_not_read(self):
        assert verdict_of("facebook", STRANGE) == V.UNKNOWN

    def test_nor_by_facts_that_nobody_confirms(self):
        AddressRange.objects.create(network="vk", cidr="87.240.128.0/18")
        assert verdict_of("vk", "87.240.129.1") == V.CONFIRMED
        assert verdict_of("vk", STRANGE) == V.UNKNOWN

    @pytest.mark.parametrize("id_", ["discord", "email", "no-such-network"])
    def test_where_nothing_is_published_all_is_unknown(self, id_):
        assert verdict_of(id_, OWN) == V.UNKNOWN
        assert dns.asked == []

    def test_a_verdict_is_believed_for_a_while(self):
        verdict_of("facebook", OWN)
        dns.names, asked = {}, len(dns.asked)
        assert verdict_of("facebook", OWN) == V.CONFIRMED
        assert len(dns.asked) == asked

    def test_of_one_network_and_one_address(self, listed):
        verdict_of("facebook", OWN)
        assert verdict_of("x", OWN) != V.CONFIRMED
        assert verdict_of("facebook", STRANGE) == V.REFUTED

    def test_no_address_is_in_the_cache(self):
        with mock.patch.object(cache, "set", wraps=cache.set) as put:
            verdict_of("facebook", OWN)
        assert put.call_args.args[1:] == ("confirmed", 24 * 3600)
        assert OWN not in str(put.call_args_list)

    def test_a_dns_that_fails_decides_nothing_and_is_left_in_peace(self):
        dns.before = mock.Mock(side_effect=OSError("no way"))
        assert verdict_of("facebook", OWN) is None
        assert verdict_of("facebook", OWN) is None
        assert dns.before.call_count == 1
        dns.before = lambda: None
        cache.clear()
        assert verdict_of("facebook", OWN) == V.CONFIRMED

    def test_a_dns_that_hangs_is_waited_for_a_moment_only(self, monkeypatch):
        monkeypatch.setattr(asking, "TIMEOUT", 0.02)
        go_on = Event()
        dns.before = go_on.wait
        assert verdict_of("facebook", OWN) is None
        go_on.set()


@pytest.mark.django_db
class TestFetches:
    def test_what_is_confirmed_is_verified(self, post, django_capture_on_commit_callbacks):
        told = mock.Mock()
        rung_reached.connect(told)
        link = seen(link_of(post), FACEBOOK, OWN)
        with django_capture_on_commit_callbacks(execute=True):
            assert verify_waiting() == 1
        rung_reached.disconnect(told)
        link.refresh_from_db()
        fetch = link.fetches.get()
        assert link.reached(link.opened) == Rung.VERIFIED
        assert (fetch.verdict, fetch.address, link.verified) == (V.CONFIRMED, None, fetch.at)
        assert [call.kwargs["rung"] for call in told.call_args_list] == [Rung.VERIFIED]
        assert counts(key_of(post), "shared", facet="verified") == {"facebook": 1}
        assert verify_waiting() == 0

    def test_what_is_refuted_is_taken_back(self, post, listed):
        link = seen(link_of(post), FACEBOOK, STRANGE)
        verify_waiting()
        link.refresh_from_db()
        assert (link.reached(), link.previewed) == (Rung.OPENED, None)
        assert (link.fetches.get().verdict, link.fetches.get().address) == (V.REFUTED, None)

    @pytest.mark.parametrize("order", [(OWN, STRANGE), (STRANGE, OWN)])
    def test_another_fetch_holds_it(self, post, listed, order):
        link = link_of(post)
        for address in order:
            seen(link, FACEBOOK, address)
        verify_waiting()
        link.refresh_from_db()
        assert link.previewed == link.verified == link.fetches.get(verdict=V.CONFIRMED).at
        assert link.reached() == Rung.VERIFIED

    def test_many_that_are_refuted_leave_nothing(self, post, listed):
        link = link_of(post)
        for number in range(5):
            seen(link, FACEBOOK, f"198.51.100.{number}")
        verify_waiting()
        link.refresh_from_db()
        assert link.reached() == Rung.OPENED

    def test_what_comes_meanwhile_stays(self, post, listed):
        link = seen(link_of(post), FACEBOOK, STRANGE)
        newer = timezone.now() + dt.timedelta(seconds=1)
        type(link).objects.update(previewed=newer)
        verify_waiting()
        link.refresh_from_db()
        assert link.previewed == newer

    def test_what_is_unknown_stays_previewed(self, post):
        link = seen(link_of(post, "discord"), DISCORD, OWN)
        verify_waiting()
        link.refresh_from_db()
        assert link.reached() == Rung.PREVIEWED

    def test_a_confirmed_fetch_of_an_earlier_way_out_proves_nothing_of_the_next(self, post):
        link = seen(link_of(post), FACEBOOK, OWN)
        link.opened = timezone.now() + dt.timedelta(seconds=1)
        link.save()
        verify_waiting()
        link.refresh_from_db()
        assert (link.reached(), link.reached(link.opened)) == (Rung.VERIFIED, Rung.OPENED)
        assert counts(key_of(post), "shared", facet="verified") == {}

    def test_what_the_dns_does_not_answer_waits_an_hour_at_most(self, post):
        dns.before = mock.Mock(side_effect=OSError)
        link = seen(link_of(post), FACEBOOK, OWN)
        assert (verify_waiting(), link.fetches.get().verdict) == (0, V.WAITING)
        with later(minutes=61):
            assert verify_waiting() == 1
        link.refresh_from_db()
        assert (link.fetches.get().verdict, link.fetches.get().address) == (V.UNKNOWN, None)
        assert link.reached() == Rung.PREVIEWED

    def test_one_that_hangs_keeps_no_other_waiting(self, post, monkeypatch):
        monkeypatch.setattr(verifying, "verdict_of", lambda id_, address: None if address == STRANGE else V.CONFIRMED)
        seen(link_of(post), FACEBOOK, STRANGE)
        assert seen(link_of(post, sharer="b"), FACEBOOK, OWN).fetches.count() == verify_waiting() == 1

    def test_a_run_ends_in_time(self, post, monkeypatch):
        monkeypatch.setattr(verifying, "SECONDS", -1)
        seen(link_of(post), FACEBOOK, OWN)
        assert verify_waiting() == 0
        assert dns.asked == []

    def test_the_sweep_finds_what_a_killed_worker_left(self, post):
        seen(link_of(post), FACEBOOK, OWN)
        assert run_sweeps()["fetches of personal links"] == 1

    def test_so_do_the_task_and_the_command(self, post, capsys):
        seen(link_of(post), FACEBOOK, OWN)
        assert verify_fetches.func() == 1
        seen(link_of(post, sharer="b"), FACEBOOK, OWN)
        call_command("smo_verify_shares", "--json")
        assert capsys.readouterr().out == '{"verdicts": 1}\n'

    def test_links_of_another_site_are_left_to_it(self, post):
        link = seen(link_of(post), FACEBOOK, OWN)
        type(link).objects.update(site_id=2)
        assert verify_waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_several_workers_give_one_verdict(post):
    told = mock.Mock()
    rung_reached.connect(told)
    links = [seen(link_of(post, sharer=str(number)), FACEBOOK, OWN) for number in range(5)]
    told.reset_mock()
    done = []
    side_by_side(lambda which: done.append(verify_waiting()), 4)
    rung_reached.disconnect(told)
    assert sum(done) == told.call_count == len(links)


class TestSystem:
    def test_a_name_and_its_aliases(self):
        with mock.patch.object(socket, "gethostbyaddr", return_value=("a.example", ["b.example"], [OWN])):
            assert answers(System().names_of, OWN) == ["a.example", "b.example"]

    def test_addresses_of_both_families(self):
        found = [(2, 1, 6, "", (OWN, 0)), (10, 1, 6, "", (OWN_6, 0, 0, 0))]
        with mock.patch.object(socket, "getaddrinfo", return_value=found):
            assert answers(System().addresses_of, "a.example") == [OWN, OWN_6]

    @pytest.mark.parametrize("errno", [1, 4])
    def test_an_address_without_a_name_has_none(self, errno):
        with mock.patch.object(socket, "gethostbyaddr", side_effect=socket.herror(errno, "Unknown host")):
            assert answers(System().names_of, OWN) == []

    def test_a_name_that_is_not_there_has_no_address(self):
        with mock.patch.object(socket, "getaddrinfo", side_effect=socket.gaierror(socket.EAI_NONAME, "unknown")):
            assert answers(System().addresses_of, "a.example") == []

    @pytest.mark.parametrize(
        ("function", "ask", "error"),
        [
            ("gethostbyaddr", System().names_of, socket.herror(2, "Host name lookup failure")),
            ("getaddrinfo", System().addresses_of, socket.gaierror(socket.EAI_AGAIN, "Temporary failure")),
        ],
    )
    def test_what_passes_is_no_answer(self, function, ask, error):
        with mock.patch.object(socket, function, side_effect=error), pytest.raises(NoAnswer):
            answers(ask, "x")

    def test_answers_without_end_are_cut(self):
        assert len(answers(lambda about: map(str, range(10**9)), "x")) == asking.MOST  # type: ignore[arg-type]


class TestSetting:
    @pytest.mark.parametrize(
        ("path", "error"),
        [("no.such.thing", "must be the dotted path"), ("socket.socket", "has no names_of()"), ("x", "dotted path")],
    )
    def test_a_wrong_resolver_is_named(self, settings, path, error):
        settings.SMO_KIT = {"SHARE": {"resolver": path}}
        assert [error in wrong.message for wrong in share_settings.from_code()[1]] == [True]
