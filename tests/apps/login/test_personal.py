"""What is a member's own: by his account and his proved addresses, and nobody else's, whatever he writes there."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth import get_user_model
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.drafts import Draft
from smo_kit.comments.services import post
from smo_kit.comments.storage import XtdComment
from smo_kit.core.people import Person, erase, export, person_at, person_of
from smo_kit.login.models import Portrait
from smo_kit.mail.models import Mail
from smo_kit.notify.models import Subscriber
from smo_kit.notify.services import follow
from smo_kit.notify.subscribers import at_address, prove
from smo_kit.spam import reputation
from smo_kit.spam.models import Reputation
from smo_kit.spam.submissions import Submission
from tests.blog.models import Post

VICTIM = "victim@example.org"


@pytest.fixture(autouse=True)
def the_site(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"confirm_guests": False}, "SPAM": {"fast_seconds": 0}}


@pytest.fixture
def article(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", lead="How", body="Stone by stone.")


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name="Ada")


@pytest.fixture
def eve(db):
    """A member who has written somebody else's address into her account."""
    eve = get_user_model().objects.create_user("eve", VICTIM, "pw", first_name="Eve")
    EmailAddress.objects.create(user=eve, email=VICTIM, verified=False, primary=True)
    return eve


@pytest.fixture
def victim(article):
    """A guest who has written, follows a discussion, got a mail and has a reputation."""
    post(article, Draft(text="I have seen that bridge.", name="Vic", email=VICTIM, language="en"))
    follow(prove(at_address(VICTIM, language="en")), discussion_of(article))
    Mail.objects.create(kind="digest", to=VICTIM, key="d", subject="News", text="x", due=timezone.now())


def say(article, user, text="The third arch is the oldest one.") -> XtdComment:
    return post(article, Draft(text=text, user=user, language="en")).entry.comment


def confirmed(user, *addresses) -> None:
    for number, address in enumerate(addresses):
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=not number)


class TestPersonOf:
    def test_only_proved_addresses_are_his_and_his_own_comes_first(self, ada):
        confirmed(ada, "Ada@Example.org", "a@example.org")
        EmailAddress.objects.create(user=ada, email=VICTIM)

        person = person_of(ada)

        assert person.addresses == ("ada@example.org", "a@example.org")
        assert person.user_ids == (ada.pk,)
        assert person.mark == Person("ada@example.org").mark

    def test_without_one_he_is_his_account_alone(self, eve):
        person = person_of(eve)

        assert person.addresses == ()
        assert len(person.mark) == 64
        assert person.mark != person_of(get_user_model().objects.create_user("bob")).mark


class TestStrangers:
    def test_who_has_written_anothers_address_exports_nothing_of_that_person(self, eve, victim):
        found = export(person_of(eve))

        assert found["comments"]["comments"] == []
        assert found["mail"]["mails"] == []
        assert found["notify"]["settings"] == []
        assert found["spam"]["reputations"] == []
        assert found["login"]["addresses"] == [{"email": VICTIM, "verified": False, "primary": True}]

    def test_and_erases_nothing_of_that_person(self, eve, victim):
        kept = [list(model.objects.order_by("pk").values()) for model in (XtdComment, Subscriber, Mail, Reputation)]

        erase(person_of(eve))

        assert kept == [
            list(model.objects.order_by("pk").values()) for model in (XtdComment, Subscriber, Mail, Reputation)
        ]

    def test_a_guest_without_an_address_is_nobody_elses(self, article, eve):
        post(article, Draft(text="I have seen it too.", name="Guest", email="g@example.org", language="en"))
        XtdComment.norel_objects.update(user_email="")

        assert export(person_of(eve))["comments"]["comments"] == []

    def test_what_another_member_wrote_under_an_address_stays_his(self, article, ada, eve):
        say(article, eve)
        confirmed(ada, "ada@example.org", VICTIM)  # the mailbox is Ada's, or is so now

        assert export(person_of(ada))["comments"]["comments"] == []
        erase(person_of(ada))
        assert XtdComment.objects.get(user=eve).comment
        assert len(export(person_at(VICTIM))["comments"]["comments"]) == 1, "an editor finds it"


class TestOwn:
    def test_all_of_ones_own_is_exported(self, article, ada, victim):
        say(article, ada)
        confirmed(ada, "ada@example.org", VICTIM)
        account = SocialAccount.objects.create(user=ada, provider="github", uid="1", extra_data={"login": "ada"})
        SocialToken.objects.create(account=account, token="tok-1", app=None)
        Portrait.objects.create(user=ada, account=account, file="smo/portraits/x.jpg")

        found = export(person_of(ada))

        assert [one["text"] for one in found["comments"]["comments"]] == [
            "I have seen that bridge.",
            "The third arch is the oldest one.",
        ]
        assert len(found["mail"]["mails"]) == 1
        assert found["notify"]["settings"]
        assert found["login"]["networks"][0]["uid"] == "1"
        assert found["login"]["pictures"][0]["picture"].endswith("/media/smo/portraits/x.jpg")
        assert "tok-1" not in repr(found)

    def test_all_of_ones_own_is_erased(self, article, ada, victim):
        say(article, ada)
        confirmed(ada, "ada@example.org", VICTIM)
        account = SocialAccount.objects.create(user=ada, provider="github", uid="1")
        app = SocialApp.objects.create(provider="github", name="GitHub", client_id="x")
        SocialToken.objects.create(account=account, token="t", app=app)
        Portrait.objects.create(user=ada, account=account)

        done = erase(person_of(ada))

        assert done["login"] == {"pictures": 1, "networks": 1, "addresses": 2}
        for model in (SocialAccount, SocialToken, EmailAddress, Portrait, Mail, Subscriber):
            assert not model.objects.exists(), model
        assert set(XtdComment.objects.values_list("comment", "user_email", "user")) == {("", "", None)}

    def test_nobody_ends_his_own_ban_by_leaving(self, ada):
        confirmed(ada, "ada@example.org")
        of_address = Submission(text="", email="ada@example.org")
        of_account = Submission(text="", user_id=ada.pk)
        Reputation.objects.create(who=reputation._marks(of_address)[0], label="address", banned=True)
        Reputation.objects.create(who=reputation._marks(of_account)[0], label="account")

        erase(person_of(ada))
        assert list(Reputation.objects.values_list("label", flat=True)) == ["address"]

        erase(person_at("ada@example.org"))
        assert not Reputation.objects.exists()
