"""Signing in makes the links of a browser the account's, and loses nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.signing import Signer

from smo_kit.core.identities import of_member
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import COOKIE, Visitor
from smo_kit.share.joining import join
from smo_kit.share.models import Fetch, PersonalLink, Visit
from smo_kit.share.proofs import links_of
from smo_kit.share.rungs import Rung
from smo_kit.share.tokens import link_of
from tests.apps.engagement.threads import side_by_side
from tests.apps.share.shared import ago, article, browser, fetched, link_to, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return article()


@pytest.fixture
def ada():
    return member()


def test_a_guests_link_becomes_the_members(page, ada):
    link = link_to(page, guest=1, visits=2)
    assert join(ada.pk, browser(1)) == 1
    link.refresh_from_db()
    assert (link.user, link.sharer, link.visits) == (ada, of_member(ada.pk)[0], 2)


def test_another_browsers_link_stays(page, ada):
    link = link_to(page, guest=2)
    assert join(ada.pk, browser(1)) == 0
    link.refresh_from_db()
    assert link.user is None


class TestBothHaveShared:
    @pytest.fixture
    def own(self, page, ada):
        return link_to(page, user=ada, days=9, times=2, visits=3, previewed=ago(9), home="old")

    @pytest.fixture
    def guests(self, page, ada, own):
        link = link_to(page, guest=1, days=1, times=1, visits=2, verified=ago(1), home="new")
        fetched(link)
        return link

    def test_one_link_is_left_with_all_of_both(self, own, guests, ada):
        before = {name: getattr(guests, name) for name in ("opened", "verified", "visited")}
        join(ada.pk, browser(1))
        link = PersonalLink.objects.get()
        assert link.pk == own.pk
        assert (link.user, link.times, link.visits, link.home) == (ada, 3, 5, "new")
        assert {name: getattr(link, name) for name in before} == before
        assert link.previewed == own.previewed
        assert link.made == own.made
        assert link.reached() == Rung.VISITED
        assert (link.visitors.count(), link.fetches.count()) == (5, 1)

    def test_the_address_that_is_out_leads_to_it(self, own, guests, ada):
        join(ada.pk, browser(1))
        assert link_of(guests.token) == link_of(own.token) == own
        assert link_of("nonsense") is None
        assert link_of("\0") is None

    def test_so_does_one_that_was_joined_before(self, own, guests, ada, page):
        join(ada.pk, browser(1))
        third = link_to(page, guest=3)
        join(ada.pk, browser(3))
        assert link_of(guests.token) == link_of(third.token) == own

    def test_a_token_in_other_letters_is_another(self, page):
        link_to(page, token="abcdefghijklmnopqrstuv")
        assert link_of("ABCDEFGHIJKLMNOPQRSTUV") is None

    def test_who_came_by_both_is_one_visitor(self, own, guests, ada):
        Visit.objects.filter(pk=guests.visitors.first().pk).update(who=own.visitors.first().who)
        join(ada.pk, browser(1))
        link = PersonalLink.objects.get()
        assert (link.visits, link.visitors.count()) == (4, 4)

    def test_what_differs_stays_apart(self, own, page, ada):
        link_to(page, guest=1, network="vk")
        link_to(page, guest=1, language="ru")
        assert join(ada.pk, browser(1)) == 2
        assert PersonalLink.objects.filter(user=ada).count() == 3

    def test_it_proves_to_a_lock_what_it_proved(self, own, guests, ada, page):
        join(ada.pk, browser(1))
        (link,) = links_of(Visitor(browser(1), ada.pk), key_of(page))
        assert link.reached(ago(2)) == Rung.VISITED


def test_links_by_an_earlier_key_of_the_site_become_one(page, ada, settings):
    old = link_to(page, user=ada, visits=1)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    link_to(page, guest=1, visits=1)
    join(ada.pk, browser(1))
    link = PersonalLink.objects.get()
    assert (link.pk, link.visits, link.sharer) == (old.pk, 2, of_member(ada.pk)[0])


class TestSigningIn:
    @pytest.fixture
    def request_of(self, rf, ada):
        def request(value: str = ""):
            found = rf.get("/")
            found.user = ada
            found.COOKIES[COOKIE] = value or Signer(salt="smo_kit.visitor").sign(f"{browser(1)}.")
            return found

        return request

    def test_joins(self, page, ada, request_of):
        link_to(page, guest=1)
        user_logged_in.send(type(ada), request=request_of(), user=ada)
        assert PersonalLink.objects.get().user == ada

    def test_a_forged_cookie_joins_nothing(self, page, ada, request_of):
        link_to(page, guest=1)
        user_logged_in.send(type(ada), request=request_of(f"{browser(1)}.:forged"), user=ada)
        assert PersonalLink.objects.get().user is None

    def test_what_fails_keeps_nobody_out(self, page, ada, request_of, monkeypatch, caplog):
        def fail(*args: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("smo_kit.share.joining.join", fail)
        user_logged_in.send(type(ada), request=request_of(), user=ada)
        assert "can't be made his account's now" in caplog.text

    def test_without_a_request_nothing_is_done(self, page, ada):
        link_to(page, guest=1)
        user_logged_in.send(type(ada), request=None, user=ada)
        assert PersonalLink.objects.get().user is None


@pytest.mark.django_db(transaction=True)
def test_signing_in_by_several_windows_at_once_loses_nothing(page, ada):
    link_to(page, user=ada, visits=1)
    for number in range(1, 5):
        fetched(link_to(page, guest=number, visits=2))
    side_by_side(lambda n: join(ada.pk, browser(n % 4 + 1)), 8)
    link = PersonalLink.objects.get()
    assert (link.visits, link.times) == (9, 5)
    assert (Visit.objects.count(), Fetch.objects.count(), link.former_tokens.count()) == (9, 4, 4)
