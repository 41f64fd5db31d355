"""Links of mails: a GET changes nothing, a POST acts, and what is wrong with a link is told."""

from __future__ import annotations

import time
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from smo_kit.core.tokens import sign
from smo_kit.mail.addresses import mark
from smo_kit.notify.links import CONFIRM, END, MANAGE, confirm_url, end_url
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.services import set_frequency
from smo_kit.notify.subscribers import at_address

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def program() -> Client:
    """A mail program, or a scanner: no cookie, no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def one(reader):
    return reader()


@pytest.fixture
def end_this(one, discussion):
    return end_url(one, discussion.pk)


@pytest.fixture
def end_everything(one):
    return end_url(one, None)


@pytest.fixture
def asked(discussion):
    """Somebody who has asked and not confirmed yet, and the link in his mail."""
    someone = at_address("grace@example.org", language="en")
    return someone, confirm_url(someone, discussion.pk, "b1", frequency="daily")


def buttons(response) -> dict[str, dict[str, str]]:
    """Return what each button sends along, by its label."""
    forms = BeautifulSoup(response.content, "html.parser").select("form")
    return {form.button.text: {one["name"]: one["value"] for one in form.select("input")} for form in forms}


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestConfirm:
    def test_a_scanner_confirms_nothing(self, program, asked):
        for method in (program.get, program.head, program.options):
            assert method(asked[1]).status_code == 200
        assert Subscriber.objects.get().confirmed_at is None
        assert not Subscription.objects.exists()

    def test_it_says_what_the_button_does(self, program, asked):
        text = text_of(program.get(asked[1]))
        assert "comments on “Bridges of stone”" in text
        assert "one mail a day" in text

    def test_the_button_does_it_and_leads_to_ones_own_page(self, program, asked, discussion):
        answer = program.post(asked[1])
        someone = Subscriber.objects.get()
        assert (someone.frequency, someone.browsers) == ("daily", ["b1"])
        assert someone.subscriptions.get().discussion == discussion
        link = BeautifulSoup(answer.content, "html.parser").find("a", string="Your notifications")
        assert program.get(link["href"]).status_code == 200

    def test_once_more_does_no_harm_and_says_so(self, program, asked):
        assert "Your address is confirmed already" not in text_of(program.post(asked[1]))
        assert "Your address is confirmed already" in text_of(program.post(asked[1]))
        assert Subscription.objects.count() == 1

    def test_a_link_that_has_run_out(self, program, discussion):
        someone = at_address("grace@example.org", language="en")
        with mock.patch("django.core.signing.time.time", return_value=time.time() - 49 * 3600):
            link = confirm_url(someone, discussion.pk, "")
        answer = program.post(link)
        assert answer.status_code == 410
        assert "Ask for a new one" in text_of(answer)
        assert Subscriber.objects.get().confirmed_at is None

    @pytest.mark.parametrize(
        "token", ["nonsense", sign(MANAGE, "1", "0"), sign(END, "1", "0")], ids=["nonsense", "manage", "end"]
    )
    def test_a_forged_or_foreign_one(self, program, token, asked):
        answer = program.post(f"/smo/notify/confirm/{token}/")
        assert answer.status_code == 400
        assert "This link is not whole" in text_of(answer)
        assert Subscriber.objects.get().confirmed_at is None

    def test_one_of_an_erased_subscriber(self, program, asked):
        asked[0].delete()
        answer = program.post(asked[1])
        assert answer.status_code == 410
        assert "Subscribe once more" in text_of(answer)

    def test_one_of_another_address(self, program, asked, discussion):
        token = sign(CONFIRM, str(asked[0].pk), mark("other@example.org"), str(discussion.pk), "", "")
        assert program.post(f"/smo/notify/confirm/{token}/").status_code == 410
        assert Subscriber.objects.get().confirmed_at is None

    def test_one_of_a_discussion_that_is_gone_confirms_the_address(self, program, asked, discussion):
        discussion.delete()
        assert program.post(asked[1]).status_code == 200
        assert Subscriber.objects.get().confirmed_at


class TestEnd:
    def test_a_scanner_ends_nothing(self, program, end_this, end_everything, one):
        for link in (end_this, end_everything):
            for method in (program.get, program.head, program.options):
                assert method(link).status_code == 200
        one.refresh_from_db()
        assert one.frequency == "instant"
        assert not Subscription.objects.get().is_muted

    def test_one_click_ends_only_that(self, program, end_this, one):
        for _ in range(2):
            answer = program.post(end_this, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
            assert answer.status_code == 200
            assert not answer.cookies
        one.refresh_from_db()
        assert one.frequency == "instant"
        assert Subscription.objects.get().is_muted

    def test_one_click_in_a_digest_ends_all(self, program, end_everything, one):
        program.post(end_everything, ONE_CLICK)
        one.refresh_from_db()
        assert one.frequency == "never"

    def test_a_slip_is_undone(self, program, end_this):
        fields = buttons(program.post(end_this, ONE_CLICK))["It was a slip: subscribe me again"]
        assert "You get these mails again" in text_of(program.post(end_this, fields))
        assert not Subscription.objects.get().is_muted

    def test_undone_who_only_heard_of_answers_follows_nothing(self, program, reader, discussion):
        other = reader("other", follows=None)
        link = end_url(other, discussion.pk)
        fields = buttons(program.post(link, ONE_CLICK))["It was a slip: subscribe me again"]
        program.post(link, fields)
        assert not other.subscriptions.exists()

    def test_after_one_all_can_be_ended_and_that_undone_as_it_was(self, program, end_this, one):
        set_frequency(one, "weekly")
        answer = program.post(end_this, buttons(program.post(end_this, ONE_CLICK))["End all mails about comments"])
        one.refresh_from_db()
        assert one.frequency == "never"
        program.post(end_this, buttons(answer)["It was a slip: subscribe me again"])
        one.refresh_from_db()
        assert one.frequency == "weekly"
        assert Subscription.objects.get().is_muted

    def test_it_works_for_links_of_all_generations(self, program, end_this):
        Subscriber.objects.update(generation=3)
        program.post(end_this, ONE_CLICK)
        assert Subscription.objects.get().is_muted

    @pytest.mark.parametrize(
        "token", ["nonsense", sign(MANAGE, "1", "0"), sign(CONFIRM, "1", "0")], ids=["nonsense", "manage", "confirm"]
    )
    def test_a_forged_or_foreign_one(self, program, token, one):
        answer = program.post(f"/smo/notify/end/{token}/", ONE_CLICK)
        assert answer.status_code == 400
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_an_erased_subscriber_is_satisfied(self, program, end_this, one):
        one.delete()
        assert "You are unsubscribed" in text_of(program.post(end_this, ONE_CLICK))

    def test_one_of_a_discussion_that_is_gone_ends_nothing_else(self, program, end_this, one, discussion):
        discussion.delete()
        assert program.get(end_this).status_code == 200
        assert "You are unsubscribed" in text_of(program.post(end_this, ONE_CLICK))
        one.refresh_from_db()
        assert one.frequency == "instant"

    def test_one_of_a_page_that_is_hidden_works(self, program, end_this, article):
        article.is_public = False
        article.save()
        program.post(end_this, ONE_CLICK)
        assert Subscription.objects.get().is_muted

    def test_a_mail_that_was_passed_on_opens_the_page_until_links_are_renewed(self, program, end_this):
        link = BeautifulSoup(program.post(end_this).content, "html.parser").find("a", string="Your notifications")
        assert program.get(link["href"]).status_code == 200
        Subscriber.objects.update(generation=1)
        assert program.get(link["href"]).status_code == 410
