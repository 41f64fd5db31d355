"""What pages report of locks that readers see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smo_kit.lock.models import Count, Lock
from tests.apps.lock.desk_locks import BROWSER, lock_of, post, ref_of

pytestmark = pytest.mark.usefixtures("committed")
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture
def lock() -> Lock:
    return lock_of(post())


def tell(lock: Lock | str, by: str = "8.8.4.4", client: Client | None = None, v: str = "", **headers: str) -> Any:
    headers = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin", **headers}
    token = lock if isinstance(lock, str) else ref_of(lock).sign()
    client = client or Client(enforce_csrf_checks=True)
    return client.post(reverse("smo_lock:shown"), {"l": token, "v": v}, headers=headers, REMOTE_ADDR=by)


def shown() -> dict[str, int]:
    return dict(Count.objects.filter(what="shown").values_list("variant", "n"))


def test_a_reader_counts_once_a_day(lock: Lock) -> None:
    answers = [tell(lock), tell(lock), tell(lock, by="8.8.8.8")]

    assert [(one.status_code, one.content, bool(one.cookies)) for one in answers] == [(204, b"", False)] * 3
    assert shown() == {"": 2}


def test_each_lock_of_a_page_counts(lock: Lock) -> None:
    tell(lock)
    tell(lock_of(post(), "other"))

    assert Count.objects.count() == 2


@pytest.mark.parametrize("agent", [ROBOT, "", "curl/8"])
def test_robots_do_not_count(lock: Lock, agent: str) -> None:
    assert tell(lock, **{"User-Agent": agent}).status_code == 204
    assert shown() == {}


def test_what_is_fetched_in_advance_does_not_count(lock: Lock) -> None:
    assert tell(lock, **{"Sec-Purpose": "prefetch;prerender"}).status_code == 204
    assert shown() == {}


def test_editors_do_not_count(lock: Lock, admin_client: Client) -> None:
    assert tell(lock, client=admin_client).status_code == 204
    assert shown() == {}


def test_a_lock_that_is_open_to_everybody_does_not_count(lock: Lock) -> None:
    Lock.objects.update(is_on=False)

    assert tell(lock).status_code == 204
    assert shown() == {}


def test_a_lock_that_is_deleted_does_not_count(lock: Lock) -> None:
    token = ref_of(lock).sign()
    lock.delete()

    assert tell(token).status_code == 204
    assert shown() == {}


@pytest.mark.parametrize(
    ("said", "counted"), [("a", "a"), ("b", "b")], ids=["the first", "the second, of a page in a cache"]
)
def test_the_teaser_that_stood_there_counts(said: str, counted: str) -> None:
    tell(lock_of(post(), said={"title_b": "Other"}), v=said)

    assert shown() == {counted: 1}


@pytest.mark.parametrize("said", ["", "c", "x" * 500])
def test_a_page_that_does_not_say_which_counts_for_the_turn(said: str) -> None:
    tell(lock_of(post(), said={"title_b": "Other"}), v=said)

    assert list(shown()) in (["a"], ["b"])


def test_where_there_is_one_teaser_none_is_named(lock: Lock) -> None:
    tell(lock, v="b")

    assert shown() == {"": 1}


@pytest.mark.parametrize("token", ["", "x", "x" * 3000])
def test_a_lock_that_nobody_has_printed_is_refused(db: None, token: str) -> None:
    answer = tell(token)

    assert (answer.status_code, answer.content) == (400, b"This page is not known here. Please load it again.")


def test_another_site_is_refused(lock: Lock) -> None:
    assert tell(lock, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert shown() == {}


def test_what_is_too_long_is_refused(lock: Lock) -> None:
    assert tell("x" * 5000).status_code == 413


def test_an_address_may_report_so_often_in_a_minute(lock: Lock, settings: Any) -> None:
    settings.SMO_KIT = {**settings.SMO_KIT, "ENGAGEMENT": {"buffer_seconds": 0, "address_limit": 2}}

    assert [tell(lock).status_code for _ in range(3)] == [204, 204, 429]


def test_looking_at_the_address_is_refused(client: Client) -> None:
    assert client.get(reverse("smo_lock:shown")).status_code == 405
