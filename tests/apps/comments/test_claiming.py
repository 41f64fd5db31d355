"""Comments that a member has written as a guest become his."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from smo_kit.comments.claiming import claim, claimable
from smo_kit.comments.models import Action, Discussion, Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.people import member_mark, person_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.track_record import good_days
from smo_kit.core import members
from smo_kit.spam.models import Reputation
from smo_kit.spam.reputation import remember
from smo_kit.spam.submissions import Submission

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def unconfirmed(settings):
    cache.clear()
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_guests": False}}


@pytest.fixture(autouse=True)
def proved(monkeypatch):
    """Addresses that are proved to be a member's, by the name of his account."""
    proved = {"ada": ["ada@example.org"]}
    monkeypatch.setattr(members, "_proofs", [lambda user: proved.get(user.username, [])])
    return proved


@pytest.fixture
def guest(say):
    def guest(text="Stone upon stone.", email="ada@example.org", name="Countess", **more) -> Entry:
        return say(text, user=None, email=email, name=name, **more)

    return guest


def pks(rows) -> set[int]:
    return {one.pk for one in rows}


class TestWhatCanBeClaimed:
    @pytest.mark.parametrize("email", ["ada@example.org", "Ada@Example.ORG", "ADA@example.org"])
    def test_however_the_address_was_spelled(self, guest, member, email):
        entry = guest(email=email)
        assert pks(claimable(member)) == {entry.pk}

    def test_in_whatever_letters_its_domain_stands(self, guest, member, proved):
        proved["ada"] = ["ada@xn--80ak6aa92e.com"]
        entry = guest(email="ada@аррӏе.com")
        assert pks(claimable(member)) == {entry.pk}

    def test_not_that_of_another_address_or_of_a_member(self, guest, member, say):
        guest(email="ada@example.com")
        guest(email="ada@xample.org")
        say("A member's own.")
        assert not claimable(member)

    def test_nothing_of_who_has_proved_nothing(self, guest, member, proved):
        guest()
        proved.clear()
        assert not claimable(member)
        assert claim(member) == 0

    def test_not_what_waits_for_its_guest_or_is_gone_or_spam(self, guest, member, settings):
        guest("Published.")
        decide(held := guest("Held."), "hold", user=member)
        decide(guest("Removed."), "remove", user=member)
        decide(guest("Spam."), "spam", user=member)
        settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_guests": True}}
        assert guest("Waits.").state == State.PENDING
        assert {one.comment.comment for one in claimable(member)} == {"Published.", held.comment.comment}

    def test_not_what_was_erased_or_stands_on_another_site(self, guest, member):
        erased, other = guest("One."), guest("Two.")
        Entry.objects.filter(pk=erased.pk).update(person="")
        Discussion.objects.filter(pk=other.discussion_id).update(site_id=2)
        assert not claimable(member)

    def test_it_is_one_query(self, guest, member, django_assert_num_queries):
        guest()
        with django_assert_num_queries(1):
            list(claimable(member))


class TestClaiming:
    def test_it_is_his_under_the_name_that_others_have_read(self, guest, member):
        entry = guest()
        version = entry.discussion.version
        assert claim(member) == 1
        entry.refresh_from_db()
        comment = XtdComment.objects.get(pk=entry.pk)
        assert (comment.user, comment.user_name) == (member, "Countess")
        assert entry.person == member_mark(member.pk) == person_of(user_id=member.pk)
        assert Discussion.objects.get(pk=entry.discussion_id).version > version
        action = Action.objects.get(entry=entry)
        assert (action.verb, action.user, action.before, action.after) == ("claimed", member, "published", "published")
        assert action.site_id == entry.discussion.site_id

    def test_only_what_was_chosen(self, guest, member):
        mine, other = guest("Mine."), guest("Not mine.")
        assert claim(member, [mine.pk]) == 1
        assert pks(claimable(member)) == {other.pk}

    def test_nothing_of_others_whatever_is_chosen(self, guest, member, say, django_user_model):
        eve = django_user_model.objects.create_user("eve")
        entry, own = guest(), say("A member's.")
        assert claim(eve, [entry.pk, own.pk]) == 0
        assert claim(member, [own.pk, 0, 10**17]) == 0
        assert XtdComment.objects.get(pk=entry.pk).user is None

    def test_once_more_does_nothing(self, guest, member):
        guest()
        assert [claim(member), claim(member)] == [1, 0]
        assert Action.objects.count() == 1

    def test_many_cost_few_queries(self, guest, member, settings, django_assert_max_num_queries):
        settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"subject_limit": 1000}}
        for n in range(40):
            guest(f"Number {n}.")
        with django_assert_max_num_queries(10):
            assert claim(member) == 40

    def test_all_or_none(self, guest, member, monkeypatch):
        guest()

        def breaks(discussion):
            raise RuntimeError

        monkeypatch.setattr("smo_kit.comments.claiming.touch", breaks)
        with pytest.raises(RuntimeError):
            claim(member)
        assert claimable(member)
        assert not Action.objects.exists()

    def test_a_moderators_word_stands_and_can_be_taken_back(self, guest, member):
        entry = guest()
        decide(entry, "hold", user=member)
        assert claim(member) == 1
        entry.refresh_from_db()
        assert entry.state == State.HELD
        assert decide(entry, "publish", user=member)


class TestReputation:
    def test_trust_that_an_address_has_earned_stays_with_it(self, guest, member):
        remember(Submission(text="", email="ada@example.org"), "published")
        before = list(Reputation.objects.values_list("who", "published"))
        guest()
        claim(member)
        assert list(Reputation.objects.values_list("who", "published")) == before

    def test_days_of_a_guest_speak_for_no_account(self, guest, say, member):
        long_ago = timezone.now() - dt.timedelta(days=10)
        Entry.objects.filter(pk=guest().pk).update(published_at=long_ago)
        claim(member)
        assert good_days(member.pk) == 0
        Entry.objects.filter(pk=say("As a member.").pk).update(published_at=long_ago)
        assert good_days(member.pk) == 1


class TestTheView:
    def test_a_member_takes_what_he_has_ticked(self, client, guest, member):
        mine, other = guest("Mine."), guest("Not mine.")
        client.force_login(member)
        answer = client.post(reverse("smo_comments:claim"), {"c": [mine.pk], "next": "/posts/bridges/"}, headers=OWN)
        assert "1 comment is yours now." in answer.content.decode()
        assert 'href="/posts/bridges/"' in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert pks(claimable(member)) == {other.pk}

    def test_or_all(self, client, guest, member):
        guest("One."), guest("Two.")
        client.force_login(member)
        answer = client.post(reverse("smo_comments:claim"), {"all": "1"}, headers=OWN)
        assert "2 comments are yours now." in answer.content.decode()
        assert not claimable(member)

    @pytest.mark.parametrize("ticked", [[], ["x"], ["99999999999999999999999"], ["-1", "0"]], ids=str)
    def test_of_nothing_that_is_said(self, client, guest, member, ticked):
        guest()
        client.force_login(member)
        answer = client.post(reverse("smo_comments:claim"), {"c": ticked}, headers=OWN)
        assert (answer.status_code, "Nothing was taken." in answer.content.decode()) == (200, True)
        assert claimable(member)

    def test_another_site_can_take_nothing(self, guest, member):
        client = Client(enforce_csrf_checks=True)
        client.force_login(member)
        guest()
        away = {"Sec-Fetch-Site": "cross-site"}
        assert client.post(reverse("smo_comments:claim"), {"all": "1"}, headers=away).status_code == 403
        assert claimable(member)

    def test_a_guest_is_led_to_sign_in_and_reading_changes_nothing(self, client, guest, member):
        guest()
        answer = client.post(reverse("smo_comments:claim"), {"all": "1", "next": "/posts/bridges/"}, headers=OWN)
        assert (answer.status_code, "next=%2Fposts%2Fbridges%2F" in answer["Location"]) == (303, True)
        client.force_login(member)
        assert client.get(reverse("smo_comments:claim")).status_code == 405
        assert claimable(member)

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
    def test_it_leads_nowhere_else(self, client, guest, member, back):
        guest()
        client.force_login(member)
        answer = client.post(reverse("smo_comments:claim"), {"all": "1", "next": back}, headers=OWN)
        links = [one["href"] for one in BeautifulSoup(answer.content, "html.parser").select("a")]
        assert links == ["/"]
