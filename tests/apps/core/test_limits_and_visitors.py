"""Who asks, how often, and without knowing him."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from smo_kit.core.limits import (
    client_address,
    client_within,
    daily_mark,
    daily_marks,
    first_time,
    give_back,
    has_happened,
    known_address,
    part_within,
    within,
)
from smo_kit.core.visitors import COOKIE, visitor_for_act, visitor_of

pytestmark = pytest.mark.django_db
FORWARDED = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.1.1.1, 2.2.2.2", "REMOTE_ADDR": "10.0.0.9"}


@pytest.mark.parametrize(("hops", "address"), [(0, "10.0.0.9"), (1, "2.2.2.2"), (2, "1.1.1.1"), (9, "10.0.0.9")])
def test_only_trusted_proxies_are_believed(rf, settings, hops, address):
    settings.SMO_KIT = {"CORE": {"trusted_proxies": hops}}
    assert client_address(rf.get("/", **FORWARDED)) == address


def test_ipv4_within_ipv6_is_itself(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="::ffff:192.0.2.7")) == "192.0.2.7"


@pytest.mark.parametrize(("hops", "address"), [(0, ""), (1, "2.2.2.2")])
def test_a_proxy_whose_word_is_not_taken_is_nobodys_address(rf, settings, hops, address):
    settings.SMO_KIT = {"CORE": {"trusted_proxies": hops}}
    assert known_address(rf.get("/", **FORWARDED)) == address


def test_who_is_not_known_is_within_every_limit(rf):
    request = rf.get("/", REMOTE_ADDR="")
    assert all(client_within(request, "post", limit=1, seconds=60) for _ in range(3))


def test_nonsense_is_no_address(rf, settings):
    settings.SMO_KIT = {"CORE": {"trusted_proxies": 1}}
    assert client_address(rf.get("/", HTTP_X_FORWARDED_FOR="<script>")) == ""


def test_the_mark_changes_with_the_day_and_hides_the_address(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    monday, tuesday = dt.date(2026, 1, 5), dt.date(2026, 1, 6)
    assert daily_mark(request, today=monday) == daily_mark(request, today=monday)
    assert daily_mark(request, today=monday) != daily_mark(request, today=tuesday)
    assert daily_mark(request, today=monday) != daily_mark(rf.get("/", REMOTE_ADDR="192.0.2.8"), today=monday)
    assert len(daily_mark(request)) == 16


def test_a_mark_is_known_after_a_change_of_the_key(rf, settings):
    request, day = rf.get("/", REMOTE_ADDR="2001:db8::1"), dt.date(2026, 1, 5)
    before = daily_mark(request, today=day)
    assert daily_marks(request, today=day) == [before]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert daily_marks(request, today=day) == [daily_mark(request, today=day), before]
    assert before != daily_mark(request, today=day)


def test_of_many_at_once_those_count_that_are_within_the_limit():
    def take(n, who="a"):
        return part_within("seconds", who, n, limit=10, seconds=3600)

    assert [take(4), take(4), take(4), take(4)] == [4, 4, 2, 0]
    assert take(30, "b") == 10


def test_a_household_of_ipv6_is_one(rf):
    one, two, other = (
        daily_mark(rf.get("/", REMOTE_ADDR=ip)) for ip in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
    )
    assert one == two != other


def test_the_first_time_is_once():
    assert first_time("view", "a", seconds=60)
    assert not first_time("view", "a", seconds=60)
    assert first_time("view", "b", seconds=60)


def test_what_has_happened_is_known_without_counting():
    assert not has_happened("view", "a")
    assert first_time("view", "a", seconds=60)
    assert has_happened("view", "a")
    assert not has_happened("view", "b")


def test_a_limit_lets_so_many_through():
    assert [within("post", "a", limit=2, seconds=60) for _ in range(4)] == [True, True, False, False]
    assert within("post", "b", limit=2, seconds=60)


def test_a_newcomer_is_nobody_until_he_acts(rf):
    assert visitor_of(rf.get("/")) is None


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_look_gives_no_cookie(rf, method):
    response = HttpResponse()
    with pytest.raises(ValueError, match="only in answer to his own act"):
        visitor_for_act(getattr(rf, method)("/"), response)
    assert not response.cookies


def test_the_press_of_a_link_is_an_act_where_its_view_says_so(rf):
    response = HttpResponse()
    visitor = visitor_for_act(rf.get("/"), response, by_link=True)
    rf.cookies[COOKIE] = response.cookies[COOKIE].value
    assert visitor_of(rf.get("/")) == visitor


def test_a_head_request_is_never_an_act(rf):
    with pytest.raises(ValueError, match="only in answer to his own act"):
        visitor_for_act(rf.head("/"), HttpResponse(), by_link=True)


def test_an_act_gives_a_signed_first_party_cookie_that_is_known_again(rf):
    response = HttpResponse()
    visitor = visitor_for_act(rf.post("/", secure=True), response)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    rf.cookies[COOKIE] = cookie.value
    assert visitor_of(rf.get("/")) == visitor
    assert len(visitor.key) == 32


@pytest.mark.parametrize("value", ["", "0" * 32, "0" * 32 + ":forged"])
def test_a_forged_cookie_is_nobody(rf, value):
    rf.cookies[COOKIE] = value
    assert visitor_of(rf.get("/")) is None


def test_a_key_joins_the_account_and_ends_when_it_signs_out(rf):
    anna = User.objects.create_user("anna")
    response = HttpResponse()
    key = visitor_for_act(rf.post("/"), response).key
    rf.cookies[COOKIE] = response.cookies[COOKIE].value
    request = rf.post("/")
    request.user = anna
    assert (visitor_of(request).key, visitor_of(request).user_id) == (key, anna.pk)
    visitor_for_act(request, response)
    rf.cookies[COOKIE] = response.cookies[COOKIE].value
    assert visitor_of(rf.get("/")) is None
    request = rf.post("/")
    request.user = User.objects.create_user("boris")
    assert visitor_for_act(request, HttpResponse()).key != key


def test_one_form_sent_twice_at_once_comes_from_one_newcomer(rf):
    token, other = "a" * 64, "b" * 64
    keys = [
        visitor_for_act(rf.post("/", {"csrfmiddlewaretoken": one}), HttpResponse()).key for one in (token, token, other)
    ]
    assert keys[0] == keys[1] != keys[2]


def test_without_a_token_every_newcomer_is_another(rf):
    keys = {visitor_for_act(rf.post("/", {"csrfmiddlewaretoken": "x"}), HttpResponse()).key for _ in range(2)}
    assert len(keys) == 2


def test_what_is_given_back_counts_no_more():
    assert [within("ask", "a", limit=1, seconds=60) for _ in range(2)] == [True, False]
    for _ in range(3):
        give_back("ask", "a", seconds=60)
    assert [within("ask", "a", limit=1, seconds=60) for _ in range(2)] == [True, False]
    give_back("ask", "nobody", seconds=60)
