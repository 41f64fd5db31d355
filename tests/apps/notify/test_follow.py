"""The form that follows a discussion."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from smo_kit.core.visitors import COOKIE
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import send_what_is_due
from smo_kit.mail.services import suppress
from smo_kit.notify import services
from smo_kit.notify.links import confirm_url
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.subscribers import at_address

pytestmark = pytest.mark.django_db

CONSTANT = "If the address is right, a mail is on its way: press the button in it."
HERE = {"headers": {"Origin": "http://testserver"}}
PART = {"headers": {"Origin": "http://testserver", "X-Smo-Part": "1"}}


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


@pytest.fixture
def form(discussion):
    return f"{reverse('smo_notify:follow')}?{urlencode({'o': discussion.key.sign(), 'l': 'en'})}"


@pytest.fixture
def send(form, fields_of):
    """Open the form and send it as a browser does."""

    def send(client, address="grace@example.org", how=HERE, **more):
        fields = {**fields_of(client.get(form)), "email": address, **more}
        return client.post(reverse("smo_notify:follow"), {k: v for k, v in fields.items() if v is not None}, **how)

    return send


def link_in(mail: Mail) -> str:
    parts = urlsplit(re.search(r"http\S+/smo/notify/confirm/\S+", mail.text)[0])
    return f"{parts.path}?{parts.query}"


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestGuests:
    def test_looking_stores_nothing_and_gives_no_cookie(self, client, form):
        assert COOKIE not in client.get(form).cookies
        assert not Subscriber.objects.exists()

    def test_who_asks_gets_one_mail_and_his_cookie_and_follows_nothing_yet(self, client, send):
        answer = send(client)
        assert CONSTANT in text_of(answer)
        assert COOKIE in answer.cookies
        assert Mail.objects.get().to == "grace@example.org"
        assert Subscriber.objects.get().confirmed_at is None
        assert not Subscription.objects.exists()

    def test_the_button_in_the_mail_does_it(self, client, send, say, bob, deliver):
        send(client, often="daily")
        client.post(link_in(Mail.objects.get()))
        one = Subscriber.objects.get()
        assert one.confirmed_at
        assert one.frequency == "daily"
        assert Subscription.objects.get().subscriber == one

    def test_the_browser_that_has_proved_it_need_not_do_it_again(self, client, send):
        send(client)
        client.post(link_in(Mail.objects.get()))
        Subscription.objects.all().delete()
        assert "You follow this discussion." in text_of(send(client))
        assert Subscription.objects.count() == 1
        assert Mail.objects.count() == 1

    def test_a_stranger_who_has_asked_is_not_believed_when_the_owner_confirms(self, client, send):
        stranger = Client()
        send(stranger)
        client.post(link_in(Mail.objects.get()))
        Subscription.objects.all().delete()
        assert CONSTANT in text_of(send(stranger))
        assert not Subscription.objects.exists()

    def test_a_stranger_learns_nothing_and_changes_nothing(self, client, send, reader):
        known = reader("grace", follows=None)
        told = text_of(send(client, often="weekly"))
        assert told == text_of(send(Client(), "nobody@example.org"))
        known.refresh_from_db()
        assert known.frequency == "instant"
        assert not Subscription.objects.filter(subscriber=known).exists()

    def test_how_often_counts_when_it_is_confirmed(self, client, reader, discussion):
        known = reader("grace", follows=None, frequency="weekly")
        client.post(confirm_url(known, discussion.pk, frequency="daily"))
        known.refresh_from_db()
        assert known.frequency == "daily"

    def test_what_was_chosen_before_stays_where_nothing_is_chosen(self, client, send, article):
        send(client, often="daily")
        client.post(link_in(Mail.objects.get()))
        send(client)
        assert Subscriber.objects.get().frequency == "daily"

    def test_who_had_ended_all_mail_and_asks_for_some_gets_it(self, client, reader, discussion):
        known = reader("grace", follows=None, frequency="never")
        client.post(confirm_url(known, discussion.pk, base=""))
        known.refresh_from_db()
        assert known.frequency == "instant"

    def test_only_answers_again_is_told_so(self, client, send):
        send(client, what="replies")
        client.post(link_in(Mail.objects.get()))
        assert "You get a mail when somebody answers you." in text_of(send(client, what="replies"))

    def test_a_double_click_sends_one_mail(self, client, send):
        send(client)
        send(Client())
        assert Mail.objects.count() == 1
        send(client, what="replies")
        assert Mail.objects.count() == 2

    def test_the_language_of_the_last_one_who_asked_counts_until_the_address_is_proved(self, client, send):
        send(client, l="ru")
        send(client)
        assert Subscriber.objects.get().language == "en"
        client.post(link_in(Mail.objects.order_by("pk").last()))
        send(Client(), l="ru")
        assert Subscriber.objects.get().language == "en"

    def test_who_gets_mail_already_is_not_told_that_none_comes(self, client, send, reader):
        send(client, "new@example.org")
        reader("grace", follows=None)
        send(client)
        new, known = Mail.objects.order_by("pk")
        assert "do nothing: no more mail comes" in new.text
        assert "do nothing: nothing changes" in known.text
        services.send_link("grace@example.org")
        send_what_is_due()
        link = Mail.objects.order_by("pk").last()
        assert "Somebody asked for this link" in link.text
        assert "no more mail comes" not in link.text

    def test_only_answers_follows_no_discussion(self, client, send):
        send(client, what="replies")
        client.post(link_in(Mail.objects.get()))
        assert Subscriber.objects.get().confirmed_at
        assert not Subscription.objects.exists()

    def test_an_address_that_wants_no_mail_gets_the_same_answer(self, client, send):
        suppress("grace@example.org")
        assert CONSTANT in text_of(send(client))
        assert not Mail.objects.exists()

    @pytest.mark.parametrize(
        ("address", "kept"),
        [
            ("grace+blog@example.org", "grace+blog@example.org"),
            ("grace@bücher.example", "grace@xn--bcher-kva.example"),
            (" grace@EXAMPLE.org ", "grace@example.org"),
        ],
    )
    def test_such_addresses_are_right(self, client, send, address, kept):
        assert CONSTANT in text_of(send(client, address))
        assert Mail.objects.get().to == kept

    @pytest.mark.parametrize(
        ("address", "sentence"),
        [
            ("Grace <grace@example.org>", "Give the e-mail address alone, without a name"),
            ("grace@example.org\r\nBcc: all@example.org", "one line without control characters"),
            ("grace", "grace is no e-mail address"),
            ("", "Please give an e-mail address"),
        ],
    )
    def test_such_are_not_and_stay_in_the_field(self, client, send, address, sentence):
        answer = send(client, address, often="weekly")
        soup = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 400
        assert sentence in soup.select_one("[role=alert]").text
        assert soup.select_one("[name=email]")["value"].split() == address.split()
        assert soup.select_one("[name=often] [selected]")["value"] == "weekly"
        assert not Mail.objects.exists()
        assert not Subscriber.objects.exists()

    def test_too_many_are_told_so(self, client, send, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"confirm_most": (1, 20, 300)}}
        send(client)
        answer = send(client)
        assert answer.status_code == 429
        assert answer["Retry-After"]
        assert "try again in an hour" in text_of(answer)
        assert Mail.objects.count() == 1

    def test_one_network_can_pester_few(self, client, send, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"confirm_most": (3, 5, 300)}}
        answers = [send(client, f"victim{n}@example.org").status_code for n in range(8)]
        assert answers == [200] * 5 + [429] * 3
        assert Mail.objects.count() == 5


def test_who_has_lost_his_link_finds_where_to_ask_for_it(client, form, ada):
    way = f'href="{reverse("smo_notify:link")}"'
    assert way in client.get(form).content.decode()
    client.force_login(ada)
    assert way not in client.get(form).content.decode()


class TestPrograms:
    def test_a_field_that_nobody_sees(self, client, send, form, fields_of):
        (trap,) = set(fields_of(client.get(form))) - {
            "o",
            "l",
            "opened",
            "email",
            "what",
            "often",
            "csrfmiddlewaretoken",
        }
        assert send(client, **{trap: "x"}).status_code == 400
        assert not Mail.objects.exists()

    def test_no_time_of_opening(self, client, send):
        assert send(client, opened=None).status_code == 400
        assert not Mail.objects.exists()

    def test_who_is_too_fast_keeps_what_he_typed_and_presses_again(self, client, send, settings, fields_of):
        settings.SMO_KIT = settings.SMO_KIT | {"SPAM": {"fast_seconds": 3}}
        answer = send(client)
        assert "press the button once more" in text_of(answer)
        settings.SMO_KIT = settings.SMO_KIT | {"SPAM": {"fast_seconds": 0}}
        assert CONSTANT in text_of(client.post(reverse("smo_notify:follow"), fields_of(answer), **HERE))

    def test_a_form_of_another_site(self, send):
        answer = send(Client(enforce_csrf_checks=True), how={"headers": {"Origin": "https://evil.test"}})
        assert answer.status_code == 403
        assert "grace@example.org" in answer.content.decode()
        assert not Mail.objects.exists()

    def test_a_form_with_djangos_token_needs_no_origin(self, send):
        assert CONSTANT in text_of(send(Client(enforce_csrf_checks=True), how={}))

    @pytest.mark.parametrize("key", ["", "nonsense", "1..1:forged"])
    def test_a_forged_page(self, client, key):
        for answer in (
            client.get(reverse("smo_notify:follow"), {"o": key}),
            client.post(reverse("smo_notify:follow"), {"o": key}),
        ):
            assert answer.status_code == 400
            assert "press the button again" in text_of(answer)

    def test_a_page_that_is_gone(self, client, send, article, form):
        article.delete()
        assert client.get(form).status_code == 404


def test_the_script_gets_the_form_alone_and_an_answer_to_put_into_it(client, form, send):
    part = client.get(form, **PART).content.decode()
    assert "<html" not in part
    assert "<h1>" not in part
    answer = send(client, how=PART).content.decode()
    assert "<html" not in answer
    assert 'role="status"' in answer


def test_a_database_that_is_away_is_told(client, send, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(services, "at_address", away)
    assert send(client).status_code == 503


class TestMembers:
    @pytest.fixture
    def signed_in(self, client, ada):
        client.force_login(ada)
        return client

    def test_looking_makes_no_row(self, signed_in, form):
        page = text_of(signed_in.get(form))
        assert "You don't follow this discussion." in page
        assert not Subscriber.objects.exists()

    def test_who_has_proved_his_address_follows_at_once(self, signed_in, send, ada, by_mail):
        by_mail(ada, frequency="never")
        assert "You follow this discussion." in text_of(send(signed_in, None, act="follow", often="daily"))
        assert Subscriber.objects.get().frequency == "daily"
        assert not Mail.objects.exists()

    def test_who_has_not_follows_on_the_site_and_gets_the_mail_that_asks(self, signed_in, send):
        assert "on the site" in text_of(send(signed_in, None, act="follow"))
        assert Subscription.objects.get().is_muted is False
        assert Mail.objects.get().to == "ada@example.org"

    def test_no_other_address_than_his_own_gets_one(self, signed_in, send):
        send(signed_in, "victim@example.org", act="follow")
        assert Mail.objects.get().to == "ada@example.org"

    def test_who_wants_no_mail_follows_without(self, signed_in, form, send, ada, by_mail):
        by_mail(ada, frequency="never")
        soup = BeautifulSoup(signed_in.get(form).content, "html.parser")
        assert soup.select_one("[name=often] [selected]")["value"] == "never"
        answer = text_of(send(signed_in, None, act="follow"))
        assert "You follow this discussion on the site, without mail." in answer
        assert Subscriber.objects.get().frequency == "never"
        assert Subscription.objects.exists()

    def test_who_may_choose_no_mail_may_choose_it_here(self, signed_in, send):
        send(signed_in, None, act="follow", often="never")
        assert Subscriber.objects.get().frequency == "never"
        assert not Mail.objects.exists()

    def test_who_has_no_address_follows_on_the_site(self, signed_in, send, ada):
        ada.email = ""
        ada.save()
        assert "give your account an e-mail address" in text_of(send(signed_in, None, act="follow"))
        assert Subscription.objects.exists()

    def test_he_stops_and_mutes(self, signed_in, send, form):
        send(signed_in, None, act="follow")
        assert "You don't follow this discussion." in text_of(send(signed_in, None, act="leave"))
        assert "You have muted this discussion" in text_of(send(signed_in, None, act="mute"))
        assert Subscription.objects.get().is_muted
        assert "You don't follow this discussion." in text_of(send(signed_in, None, act="leave"))

    def test_an_unknown_button_does_nothing(self, signed_in, send):
        send(signed_in, None, act="follow")
        send(signed_in, None, act="nonsense")
        assert Subscription.objects.exists()


def test_a_confirmed_address_is_remembered_for_eight_browsers(reader):
    known = reader(follows=None)
    for number in range(9):
        services.confirm(known.pk, services.marks(known.address)[0], None, browser=f"b{number}")
    assert at_address(known.address).browsers == [f"b{number}" for number in range(1, 9)]
