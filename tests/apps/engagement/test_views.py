from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from smo_kit.core import limits
from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement.kinds import Kind, register_kind
from smo_kit.engagement.models import Count
from smo_kit.engagement.services import counts, total
from smo_kit.networks.network import Network
from smo_kit.networks.registry import all_networks, networks_that_can
from tests.blog.models import Post

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def committed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True, headers={"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"})


def tell(client: Client, subject: Post | Key, headers: dict[str, str] | None = None, **fields: str) -> HttpResponse:
    """What the page's script sends."""
    fields = {"o": key_of(subject).sign(), **fields}
    return client.post(reverse("smo_engagement:seen"), fields, headers=headers, REMOTE_ADDR=fields.pop("by", "8.8.4.4"))


def test_a_page_that_is_looked_at_counts_once(reader: Client, post: Post) -> None:
    response = tell(reader, post)

    assert (response.status_code, response.content) == (204, b"")
    assert total(post) == 1


def test_what_a_page_prints_is_what_the_endpoint_takes(reader: Client, post: Post) -> None:
    html = reader.get(post.get_absolute_url()).content.decode()
    (printed,) = re.findall(r'data-smo-seen="([^"]+)" data-smo-to="([^"]+)"', html)

    response = reader.post(printed[1], {"o": printed[0]}, REMOTE_ADDR="8.8.4.4")

    assert response.status_code == 204
    assert total(post) == 1


def test_the_same_reader_counts_once_within_the_time(reader: Client, post: Post) -> None:
    answers = [tell(reader, post).status_code for _ in range(3)]

    assert answers == [204, 204, 204]
    assert total(post) == 1


def test_another_reader_and_another_page_count(reader: Client, post: Post) -> None:
    other = Post.objects.create(slug="b", title="B")

    for subject, by in ((post, "8.8.4.4"), (post, "8.8.8.8"), (other, "8.8.4.4"), (post, "2001:4860::1")):
        tell(reader, subject, by=by)

    assert (total(post), total(other)) == (3, 1)


def test_one_household_with_many_ipv6_addresses_is_one_reader(reader: Client, post: Post) -> None:
    tell(reader, post, by="2001:4860::1")
    tell(reader, post, by="2001:4860::2")

    assert total(post) == 1


def test_every_look_counts_where_the_site_says_so(reader: Client, post: Post) -> None:
    with override_settings(SMO_KIT={"ENGAGEMENT": {"repeat_seconds": 0, "buffer_seconds": 0}}):
        tell(reader, post)
        tell(reader, post)

    assert total(post) == 2


def test_a_reader_can_not_make_more_looks_of_one_by_naming_networks(reader: Client, post: Post) -> None:
    for network in ("", *(one.id for one in all_networks())):
        tell(reader, post, n=network)

    assert total(post) == 1


@pytest.mark.parametrize("network", [*networks_that_can("share"), *networks_that_can("action")], ids=lambda one: one.id)
def test_every_button_may_report(reader: Client, post: Post, network: Network) -> None:
    assert tell(reader, post, k="shared", n=network.id).status_code == 204
    assert counts(post) == {network.id: 1}


def test_a_click_on_a_button_is_counted_for_its_network(reader: Client, post: Post) -> None:
    for network in ("vk", "telegram", "vk"):
        assert tell(reader, post, k="shared", n=network).status_code == 204

    assert counts(post) == {"vk": 1, "telegram": 1}
    assert set(Count.objects.exclude(network="").values_list("facet", flat=True)) == {"opened"}
    assert total(post) == 0


def test_a_page_can_not_choose_the_rung_nor_the_number(reader: Client, post: Post) -> None:
    tell(reader, post, k="shared", n="vk", facet="visited", f="visited", number="1000")

    assert set(Count.objects.values_list("network", "facet", "n")) == {("vk", "opened", 1), ("", "reader", 1)}


def test_the_language_of_the_key_does_not_matter(reader: Client, post: Post) -> None:
    reader.post(reverse("smo_engagement:seen"), {"o": key_of(post, "ru").sign()}, REMOTE_ADDR="8.8.4.4")

    assert total(post) == 1


def test_an_address_that_reports_too_much_is_told_so_and_not_counted(reader: Client, post: Post) -> None:
    other = Post.objects.create(slug="b", title="B")
    with override_settings(SMO_KIT={"ENGAGEMENT": {"address_limit": 1, "buffer_seconds": 0}}):
        assert tell(reader, post).status_code == 204
        response = tell(reader, other)
        assert tell(reader, other, by="8.8.8.8").status_code == 204

    assert response.status_code == 429
    assert response.content == b"Too many reports from your address. Please wait a minute."
    assert total(other) == 1


def test_what_was_refused_counts_when_it_comes_again_in_time(reader: Client, post: Post) -> None:
    other = Post.objects.create(slug="b", title="B")
    conf = {"address_limit": 1, "buffer_seconds": 0}
    with override_settings(SMO_KIT={"ENGAGEMENT": conf}):
        tell(reader, post)
        assert tell(reader, other).status_code == 429
    with override_settings(SMO_KIT={"ENGAGEMENT": conf | {"address_limit": 5}}):  # as if the minute were over
        assert tell(reader, other).status_code == 204

    assert total(other) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"o": ""}, "This page is not known here. Please load it again."),
        ({"o": "5..1:forged"}, "This page is not known here. Please load it again."),
        ({"k": "veiwed"}, "A page can't report this."),
        ({"k": "waved"}, "A page can't report this."),
        ({"n": "nowhere"}, "This network is not known here."),
        ({"n": "vk\x00"}, "This network is not known here."),
        ({"n": "vk"}, "This isn't done through this network."),
        ({"k": "shared"}, "Please name the network."),
        ({"k": "shared", "n": ""}, "Please name the network."),
        ({"k": "shared", "n": "github"}, "This isn't done through this network."),
    ],
)
def test_what_no_page_of_ours_sends_is_refused_with_a_sentence(
    reader: Client, post: Post, fields: dict[str, str], sentence: str
) -> None:
    register_kind(Kind(id="waved", label="Waved"))

    response = tell(reader, post, **fields)

    assert (response.status_code, response.content.decode()) == (400, sentence)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert not Count.objects.exists()


def test_nothing_at_all_is_refused(reader: Client) -> None:
    assert reader.post(reverse("smo_engagement:seen")).status_code == 400


def test_a_key_of_this_site_printed_with_another_secret_is_refused(reader: Client, post: Post) -> None:
    with override_settings(SECRET_KEY="another"):
        token = key_of(post).sign()

    assert reader.post(reverse("smo_engagement:seen"), {"o": token}).status_code == 400


def test_too_long_a_report_is_refused_before_it_is_read(reader: Client, post: Post) -> None:
    assert tell(reader, post, more="x" * 5000).status_code == 413


def test_a_length_that_is_no_number_is_no_report(reader: Client) -> None:
    assert reader.post(reverse("smo_engagement:seen"), CONTENT_LENGTH="much").status_code == 400


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_only_a_post_reports(reader: Client, post: Post, method: str) -> None:
    assert getattr(reader, method)(reverse("smo_engagement:seen")).status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"}, 204),
        ({"Origin": "http://testserver"}, 204),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_a_page_of_this_site_may_report(post: Post, headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True, headers={"User-Agent": BROWSER, **headers})

    response = tell(client, post)

    assert response.status_code == status
    assert total(post) == (1 if status == 204 else 0)


@pytest.mark.parametrize("headers", [{"User-Agent": ROBOT}, {"User-Agent": ""}, {"Sec-Purpose": "prefetch;prerender"}])
def test_robots_and_prerendering_browsers_get_the_same_answer_and_do_not_count(
    reader: Client, post: Post, headers: dict[str, str]
) -> None:
    assert tell(reader, post, headers=headers).status_code == 204
    assert total(post) == 0


def test_an_editor_who_looks_at_his_page_neither_counts_nor_hides_a_reader_of_the_same_address(
    reader: Client, post: Post
) -> None:
    editor = Client(headers={"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"})
    editor.force_login(get_user_model().objects.create_user("editor", is_staff=True))

    assert tell(editor, post).status_code == 204
    assert total(post) == 0
    tell(reader, post)
    assert total(post) == 1


def test_a_report_sets_no_cookie_and_asks_for_no_session(
    reader: Client, post: Post, django_assert_num_queries: Any
) -> None:
    tell(reader, Post.objects.create(slug="b", title="B"))

    with django_assert_num_queries(1):  # the upsert
        response = tell(reader, post)

    assert not response.cookies
    assert not Session.objects.exists()
    assert "Cookie" not in response.get("Vary", "")


def test_readers_behind_a_trusted_proxy_are_told_apart(reader: Client, post: Post) -> None:
    with override_settings(SMO_KIT={"CORE": {"trusted_proxies": 1}, "ENGAGEMENT": {"buffer_seconds": 0}}):
        for address in ("8.8.4.4", "8.8.8.8", "8.8.8.8"):
            tell(reader, post, headers={"X-Forwarded-For": f"1.1.1.1, {address}"}, by="10.0.0.1")

    assert total(post) == 2


def test_behind_a_proxy_that_the_settings_do_not_name_all_count_and_the_log_says_what_to_set(
    reader: Client, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    limits._complain.cache_clear()
    for address in ("8.8.4.4", "8.8.8.8"):
        tell(reader, post, headers={"X-Forwarded-For": address}, by="10.0.0.1")

    assert total(post) == 2
    assert [one.message for one in caplog.records if "trusted_proxies" in one.message] == [caplog.messages[0]]


def test_a_visitor_can_not_shake_off_the_limit_by_an_address_that_he_makes_up(reader: Client, post: Post) -> None:
    for address in ("1.1.1.1", "1.1.1.2"):
        tell(reader, post, headers={"X-Forwarded-For": address})

    assert total(post) == 1


def test_a_server_that_knows_no_addresses_counts_all(reader: Client, post: Post) -> None:
    tell(reader, post, by="")
    tell(reader, post, by="")

    assert total(post) == 2


def test_a_refusal_speaks_the_readers_language(reader: Client, post: Post) -> None:
    assert "ru" in dict(settings.LANGUAGES)

    response = tell(reader, post, headers={"Accept-Language": "ru"}, n="nowhere")

    assert response["Content-Language"] == "ru"
