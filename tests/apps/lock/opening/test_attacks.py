"""Who tries to open what is not open to him gets a sentence, and nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client
from django.utils.http import url_has_allowed_host_and_scheme

from smo_kit.core.access import GUESTS
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import COOKIE
from smo_kit.lock import acts
from smo_kit.lock.models import Opening
from smo_kit.lock.opening import is_open
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import forget, terms_of
from tests.apps.lock.opening.conftest import HERE, SCRIPT, is_open_to, look, press, request_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def refused(client: Client, address: str, status: int, headers=SCRIPT, **fields) -> str:
    """Send a form; return the sentence of the refusal, which both the script and a page say."""
    sentences = []
    for given in ({}, {"X-Smo-Part": "1"}):
        answer = client.post(address, {"way": "wait", **fields}, headers={**headers, **given})
        assert answer.status_code == status
        assert "no-store" in answer["Cache-Control"]
        if given:
            assert answer.json()["state"] == "refused"
            sentences.append(answer.json()["sentence"])
        else:
            text = answer.content.decode()
    assert sentences[0] in text.replace("&#x27;", "'")
    return sentences[0]


@pytest.fixture
def waited(client, address, later):
    press(client, address)
    later(30)
    assert look(client, address)["state"] == "open"
    return client


@pytest.mark.parametrize("token", ["x", "x:y", "W10:abc", "%00", "..", "é", "a" * 4000], ids=lambda token: token[:8])
def test_a_forged_lock_is_not_known(client, address, token):
    said = refused(client, f"/smo/lock/{token}/open/", 400, HERE)
    assert said == str(acts.UNKNOWN)


def test_a_lock_with_one_letter_changed_is_not_known(client, address, ref):
    token = ref.sign()
    for at in (0, 5, len(token) - 5):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert refused(client, f"/smo/lock/{changed}/open/", 400, HERE) == str(acts.UNKNOWN)


def test_what_was_done_for_one_lock_opens_no_other(waited, page, ref):
    other = Ref(ref.key, "second", "field", "lead", ref.path)
    elsewhere = Ref(key_of(Post.objects.create(slug="b", title="B"), "en"), "more", "field", "body", "/posts/b/")
    for one in (other, elsewhere):
        terms_of(one, {})
        assert not is_open_to(waited, one)
        assert look(waited, f"/smo/lock/{one.sign()}/open/")["state"] == "go"


def test_a_lock_that_nobody_has_shown_is_not_there(client, page):
    never = Ref(key_of(page, "en"), "never", "field", "body", "/posts/bridges/")
    assert refused(client, f"/smo/lock/{never.sign()}/open/", 404, HERE) == str(acts.GONE)


def test_a_lock_that_was_removed_while_somebody_waits_says_so(client, address, lock, later):
    press(client, address)
    lock.delete()
    later(30)
    assert refused(client, address, 404, HERE, again="1") == str(acts.GONE)
    assert not Opening.objects.exists()


def test_a_lock_that_was_switched_off_while_somebody_waits_opens(client, address, lock, ref):
    press(client, address)
    lock.is_on = False
    lock.save()
    forget(lock)
    assert look(client, address)["state"] == "open"
    assert is_open_to(Client(), ref)


def test_a_forged_cookie_is_nobodys(waited, ref):
    key = waited.cookies[COOKIE].value.partition(".")[0]
    for value in (key, f"{key}.", f"{key}.:forged", waited.cookies[COOKIE].value[:-1] + "~", "", "\0"):
        thief = request_of(Client())
        thief.COOKIES[COOKIE] = value
        assert not is_open(thief, ref, terms_of(ref))


def test_the_cookie_of_an_account_opens_nothing_to_others(client, address, ref, member, later, django_user_model):
    client.force_login(member)
    press(client, address)
    later(30)
    assert look(client, address)["state"] == "open"
    cookie = client.cookies[COOKIE].value
    guest, other = Client(), Client()
    other.force_login(django_user_model.objects.create_user("eve"))
    for one in (guest, other):
        one.cookies[COOKIE] = cookie
        assert not is_open_to(one, ref)
        assert press(one, address)["state"] == "waiting"
        assert one.cookies[COOKIE].value != cookie


def test_who_signs_out_is_a_new_visitor(client, address, ref, member, later):
    client.force_login(member)
    press(client, address)
    later(30)
    look(client, address)
    session = client.cookies.pop("sessionid")
    assert not is_open_to(client, ref)
    client.cookies["sessionid"] = session.value
    assert is_open_to(client, ref)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=repr,
)
def test_a_form_of_another_site_is_refused(address, headers):
    client = Client(enforce_csrf_checks=True)
    assert "not sent from a page of this site" in refused(client, address, 403, headers)
    assert not Opening.objects.exists()
    assert COOKIE not in client.cookies


def test_an_old_browser_that_names_no_site_is_asked_on_the_page(address, ref):
    old = Client(enforce_csrf_checks=True)
    answer = old.post(address, {"way": "wait"})
    assert (answer.status_code, answer["Location"]) == (303, f"/smo/lock/{ref.sign()}/")
    assert not Opening.objects.exists()


def test_a_look_changes_nothing_and_leads_to_the_page(client, address, ref):
    answer = client.get(address, {"way": "wait"}, headers=HERE)
    assert (answer.status_code, answer["Location"]) == (303, f"/smo/lock/{ref.sign()}/")
    assert not Opening.objects.exists()
    assert COOKIE not in client.cookies
    assert client.put(address).status_code == 405


@pytest.mark.parametrize(
    "way", ["", "open", "rate", "sign_in", "share ", "WAIT", "\0", "w" * 9999], ids=lambda w: w[:9]
)
def test_a_way_that_the_lock_has_not_is_refused(client, address, way):
    assert refused(client, address, 400, HERE, way=way) == str(acts.NO_WAY)
    assert not Opening.objects.exists()


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_led_to_another_site(client, page, path, settings):
    ref = Ref(key_of(page, "en"), "more", "view", "x", path)
    terms_of(ref, {"ways": ["sign_in"]})
    said = press(client, f"/smo/lock/{ref.sign()}/open/", "sign_in")
    then = parse_qs(urlsplit(said["where"]).query)["next"][0]
    answer = client.post(f"/smo/lock/{ref.sign()}/open/", {"way": "nonsense"}, headers=HERE)
    back = BeautifulSoup(answer.content, "html.parser").select_one(".smo-lock-back")["href"]
    for address in (then, back):
        assert url_has_allowed_host_and_scheme(address, set())
        assert address.startswith("/")


def test_a_host_that_somebody_makes_up_is_in_no_answer(client, address, ref, settings):
    for given in ({}, {"X-Smo-Part": "1"}):
        headers = {"Host": "evil.example", "Origin": "https://evil.example", **HERE, **given}
        answer = client.post(address, {"way": "wait"}, headers=headers)
        assert b"evil" not in answer.content
        assert "evil" not in answer.get("Location", "")


def test_one_address_may_ask_only_so_often(client, address, monkeypatch):
    monkeypatch.setattr(acts, "AN_HOUR", 2)
    press(client, address)
    press(Client(), address)
    assert refused(Client(), address, 429, HERE) == str(acts.ENOUGH)
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert press(other, address)["state"] == "waiting"


def test_where_only_members_may_open_a_guest_is_led_to_sign_in(client, address, ref, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"unlock": "members"}}
    said = press(client, address)
    assert (said["state"], said["sentence"]) == ("go", str(GUESTS["unlock"]))
    assert said["where"].startswith("/smo/login/?next=%2Fposts%2Fbridges%2F%23smo-lock-")
    answer = client.post(address, {"way": "wait"}, headers=HERE)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/smo/login/?next=%2Fsmo%2Flock%2F")
    assert not Opening.objects.exists()


def test_what_a_guest_has_opened_closes_when_only_members_may(waited, ref, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"unlock": "members"}}
    assert not is_open_to(waited, ref)


def test_a_member_of_no_group_is_told_so(client, address, member, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"unlock": "groups", "groups": ["friends"]}}
    client.force_login(member)
    assert "not among those" in refused(client, address, 403, HERE)


def test_a_database_that_is_away_gives_a_sentence_and_loses_nothing(client, address, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OperationalError("gone away")

    monkeypatch.setattr(acts, "terms_of", fail)
    assert "can't open anything" in refused(client, address, 503, HERE)


def test_an_endless_name_of_a_network_is_no_matter(client, address):
    assert press(client, address, "share", network="n" * 10_000)["state"] == "go"
    assert not Opening.objects.exists()


@pytest.mark.parametrize("path", ["/p/", f"/posts/{'bridges-' * 12}/"], ids=["short", "long"])
def test_no_part_of_an_address_begins_with_a_dot_which_web_servers_refuse(page, path):
    ref = Ref(key_of(page, "en"), "more", "view", path, path)
    token = ref.sign()
    assert not token.startswith(".")
    assert quote(token, safe=":") == token
    assert Ref.unsign(token) == ref


def test_a_changed_slug_closes_nothing_and_opens_nothing(waited, page, ref):
    page.slug = "arches"
    page.save()
    moved = Ref(ref.key, ref.name, ref.source, ref.where, "/posts/arches/")
    terms_of(moved, {})
    for one in (ref, moved):
        assert is_open_to(waited, one)
        assert not is_open_to(Client(), one)
