"""A member deletes his account: asked twice, everything or nothing, and what is the site's stays."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import Client

from smo_kit.comments.drafts import Draft
from smo_kit.comments.services import post
from smo_kit.comments.storage import XtdComment
from smo_kit.core import people
from smo_kit.core.models import PersonalRequest
from smo_kit.core.people import Holder, register_holder
from smo_kit.login import leaving
from smo_kit.login.dependents import holds_something
from smo_kit.login.leaving import end
from smo_kit.login.models import Portrait
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.models import Subscriber
from tests.apps.engagement.threads import Meeting, side_by_side
from tests.apps.login.test_account import add_apps
from tests.blog.models import Post

URL = "/smo/login/account/leave/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
SURE = {"texts": "keep", "sure": "yes"}
User = get_user_model()


@pytest.fixture(autouse=True)
def the_site(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"confirm_guests": False}, "SPAM": {"fast_seconds": 0}}


@pytest.fixture
def ada(db):
    ada = User.objects.create_user("ada", "ada@example.org", "pw", first_name="Ada", last_name="King")
    EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
    return ada


@pytest.fixture
def article(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", lead="How", body="Stone by stone.")


@pytest.fixture
def comment(article, ada):
    return post(article, Draft(text="The third arch is the oldest one.", user=ada, language="en")).entry.comment


def signed_in(user, ago: float | None = 0) -> Client:
    """Return the browser of who has signed in so many seconds ago; None: in a way that left no word of it."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(user, backend=BACKEND)
    if ago is not None:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
        session.save()
    return client


@pytest.fixture
def browser(ada):
    return signed_in(ada)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


class TestAsking:
    def test_the_page_says_what_happens_and_deletes_nothing(self, browser, ada):
        soup = soup_of(browser.get(URL, SURE))

        assert "You are signed in as Ada King." in soup.get_text()
        assert [one["value"] for one in soup.select("[name=texts]")] == ["keep", "erase"]
        assert User.objects.filter(pk=ada.pk).exists()

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"texts": "keep"}, "Please tick that you are sure"),
            ({"sure": "yes"}, "Please choose what becomes of your comments"),
            ({"texts": "burn", "sure": "yes"}, "Please choose what becomes of your comments"),
        ],
        ids=["not sure", "no choice", "no such choice"],
    )
    def test_who_has_not_said_all_is_asked_again(self, browser, ada, fields, said):
        response = browser.post(URL, fields)

        assert response.status_code == 400
        assert said in soup_of(response).select_one("[role=alert]").get_text()
        assert User.objects.filter(pk=ada.pk).exists()

    @pytest.mark.parametrize("ago", [None, 3600], ids=["unknown", "long ago"])
    def test_who_signed_in_long_ago_gives_his_password_first(self, ada, ago):
        client = signed_in(ada, ago)
        soup = soup_of(client.get(URL))
        assert not soup.select("[name=sure]")
        again = soup.select_one('a[href^="/accounts/reauthenticate/"]')["href"]

        assert client.post(URL, SURE).status_code == 403
        assert User.objects.filter(pk=ada.pk).exists()

        assert client.post(again, {"password": "pw", "next": URL})["Location"] == URL
        assert soup_of(client.get(URL)).select("[name=sure]")

    def test_who_has_no_password_signs_in_with_his_network_again(self, ada):
        add_apps()
        ada.set_unusable_password()
        ada.save()
        SocialAccount.objects.create(user=ada, provider="github", uid="1")
        client = signed_in(ada, 3600)
        soup = soup_of(client.get(URL))
        assert [one["value"] for one in soup.select("button[name=with]")] == ["github"]
        assert not soup.select('a[href^="/accounts/reauthenticate/"]')

        response = client.post(URL, {"with": "github"})

        assert response["Location"].startswith("https://github.com/")
        (state,) = client.session["socialaccount_states"].values()
        assert (state[0]["process"], state[0]["next"]) == ("login", URL)
        assert client.post(URL, {"with": "google"})["Location"] == URL, "a network that is not his"

    def test_and_is_back_here_when_he_has(self, ada):
        add_apps()
        ada.set_unusable_password()
        ada.save()
        SocialAccount.objects.create(user=ada, provider="dummy", uid="7")
        client = signed_in(ada, 3600)
        assert client.post(URL, SURE).status_code == 403

        response = client.post(client.post(URL, {"with": "dummy"})["Location"], {"id": "7"})

        assert response["Location"] == URL
        assert client.post(URL, SURE).status_code == 200
        assert not User.objects.exists()

    @pytest.mark.parametrize("whose", ["another member's", "nobody's"])
    def test_but_not_with_another_account(self, ada, whose):
        add_apps()
        SocialAccount.objects.create(user=ada, provider="dummy", uid="7")
        bob = User.objects.create_user("bob", "bob@example.org")
        EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
        SocialAccount.objects.create(user=bob, provider="dummy", uid="8")
        client = signed_in(ada, 3600)
        there = client.post(URL, {"with": "dummy"})["Location"]
        person = {"id": "8"} if whose != "nobody's" else {"id": "9", "email": "n@example.org", "email_verified": True}

        response = client.post(there, person, follow=True)

        assert response.redirect_chain[0][0] == f"{URL}?fault=other&with=dummy"
        assert "That is another account." in soup_of(response).select_one("[role=alert]").get_text()
        assert client.session["_auth_user_id"] == str(ada.pk)
        assert User.objects.count() == 2
        assert client.post(URL, SURE).status_code == 403

    def test_what_keeps_the_network_from_answering_is_said_here(self, ada, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"LOGIN": {"starts_per_hour": 1}}
        add_apps()
        SocialAccount.objects.create(user=ada, provider="dummy", uid="7")
        client = signed_in(ada, 3600)

        answers = [client.post(URL, {"with": "dummy"}) for _ in range(2)]

        assert answers[1]["Location"] == f"{URL}?fault=often&with=dummy"

    @pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
    def test_who_works_for_the_site_cant(self, ada, right):
        setattr(ada, right, True)
        ada.save()
        client = signed_in(ada)

        account = soup_of(client.get("/smo/login/account/"))
        assert "Have another administrator take them away first." in account.get_text()
        assert not account.select(f'a[href="{URL}"]'), "it is not offered"
        assert "Have another administrator take them away first." in soup_of(client.get(URL)).get_text()
        assert client.post(URL, SURE).status_code == 403
        assert User.objects.filter(pk=ada.pk, is_active=True).exists()

    def test_a_form_of_another_site_deletes_nothing(self, ada):
        elsewhere = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
        elsewhere.cookies = signed_in(ada).cookies

        response = elsewhere.post(URL, SURE)

        assert response.status_code == 403
        assert User.objects.filter(pk=ada.pk).exists()


class TestDeleting:
    def test_nothing_of_him_is_left(self, browser, ada, comment, django_capture_on_commit_callbacks):
        account = SocialAccount.objects.create(user=ada, provider="github", uid="1")
        name = default_storage.save("smo/portraits/of-ada.jpg", ContentFile(b"x"))
        Portrait.objects.create(user=ada, account=account, file=name)
        elsewhere = signed_in(ada)

        with django_capture_on_commit_callbacks(execute=True):
            response = browser.post(URL, SURE)

        assert response.status_code == 200
        said = soup_of(response).get_text()
        assert "Your account is deleted" in said
        assert "Comments that you wrote stay where they are, under no name." in said
        assert "Nothing is kept of you" not in said
        for model in (User, SocialAccount, EmailAddress, Portrait, Subscriber):
            assert not model.objects.exists(), model
        assert not default_storage.exists(name)
        comment.refresh_from_db()
        assert (comment.comment, comment.user_email, comment.user) == ("The third arch is the oldest one.", "", None)
        assert "Ada" not in comment.user_name
        for client in (browser, elsewhere):
            assert client.get("/smo/login/account/").status_code == 303, "signed out"
        assert PersonalRequest.objects.get().verb == "erase"

    def test_texts_go_where_that_is_chosen(self, browser, comment):
        said = soup_of(browser.post(URL, SURE | {"texts": "erase"})).get_text()

        assert "Nothing is kept of you any more" in said
        assert "stay" not in said
        comment.refresh_from_db()
        assert comment.comment == ""

    def test_a_last_mail_says_so(self, browser, ada, mailoutbox):
        Mail.objects.create(kind="digest", to=ada.email, key="d", subject="News", text="x", due="2100-01-01T00:00Z")

        browser.post(URL, SURE)
        send_what_is_due()

        (mail,) = mailoutbox
        assert mail.to == ["ada@example.org"]
        assert "Your account at Test site is deleted" in mail.subject
        assert "If it was not you" in mail.body

    def test_no_mail_goes_to_an_address_that_is_not_proved(self, browser, ada):
        EmailAddress.objects.update(verified=False)

        browser.post(URL, SURE)

        assert not Mail.objects.exists()

    def test_a_fault_in_the_middle_undoes_everything(self, browser, ada, comment, monkeypatch, mailoutbox, caplog):
        people.holders()  # their modules are loaded once
        monkeypatch.setattr(people, "_holders", dict(people._holders))

        def fail(person, how):
            raise RuntimeError("the shop's database is away")

        register_holder(Holder(id="zz-shop", label="Shop", export=lambda person: {}, erase=fail))
        SocialAccount.objects.create(user=ada, provider="github", uid="1")
        before = XtdComment.objects.values().get()

        response = browser.post(URL, SURE)

        assert response.status_code == 500
        assert "nothing was deleted" in soup_of(response).select_one("[role=alert]").get_text()
        assert "the shop's database is away" in caplog.text
        assert XtdComment.objects.values().get() == before
        assert SocialAccount.objects.exists()
        assert EmailAddress.objects.exists()
        assert User.objects.get().is_active
        assert browser.get("/smo/login/account/").status_code == 200, "still signed in"
        assert not PersonalRequest.objects.exists()

    def test_a_fault_at_the_very_end_too(self, ada, comment, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError("no")

        monkeypatch.setattr(User, "delete", fail)

        with pytest.raises(RuntimeError):
            end(ada, keep_texts=False)

        comment.refresh_from_db()
        assert comment.comment
        assert not Mail.objects.exists()


class TestWhatHangsOnIt:
    def test_an_article_stays_and_its_author_is_nobody(self, browser, ada, article):
        Post.objects.filter(pk=article.pk).update(author=ada)
        group = Group.objects.create(name="authors")
        ada.groups.add(group)
        ada.user_permissions.add(Permission.objects.first())

        said = soup_of(browser.post(URL, SURE | {"texts": "erase"})).get_text()
        assert "Pages of the site hang on your account." in said
        assert "Nothing is kept of you" not in said

        article.refresh_from_db()
        nobody = article.author
        assert nobody.pk == ada.pk
        assert nobody.username.startswith("gone-")
        assert (nobody.first_name, nobody.last_name, nobody.email, nobody.last_login) == ("", "", "", None)
        assert not nobody.is_active
        assert not nobody.has_usable_password()
        assert not nobody.groups.exists()
        assert not nobody.user_permissions.exists()
        assert browser.get("/smo/login/account/").status_code == 303
        assert not Client().login(username=nobody.username, password="pw")

    def test_what_an_emptied_account_says_besides_goes_too(self, ada, article, monkeypatch):
        monkeypatch.setattr(
            "smo_kit.login.leaving._blank", lambda user: {"password": "", "last_name": "x", "email": "x"}
        )
        Post.objects.filter(pk=article.pk).update(author=ada)
        monkeypatch.setattr(User, "set_unusable_password", lambda user: None)

        assert not end(ada, keep_texts=True)

        ada.refresh_from_db()
        assert (ada.password, ada.last_name) == ("", "")

    def test_what_a_former_editor_has_done_in_the_admin_stays_on_record(self, ada):
        kind = ContentType.objects.get_for_model(User)
        LogEntry.objects.create(user=ada, content_type=kind, object_id="7", object_repr="Bob", action_flag=2)

        assert not end(ada, keep_texts=True)

        assert LogEntry.objects.get().user.username.startswith("gone-")

    def test_nothing_that_django_allauth_has_is_left_of_an_emptied_one(self, ada, article, monkeypatch):
        monkeypatch.setattr(people, "_holders", {})  # as if it had tables that no app of ours knows
        monkeypatch.setattr(people, "load_modules", lambda name: ())
        SocialAccount.objects.create(user=ada, provider="github", uid="1")
        Post.objects.filter(pk=article.pk).update(author=ada)

        assert not end(ada, keep_texts=True)

        assert not SocialAccount.objects.exists()
        assert not EmailAddress.objects.exists()
        assert not Subscriber.objects.exists()

    def test_two_emptied_accounts_are_two(self, ada, article):
        bob = User.objects.create_user("bob", "bob@example.org")
        Post.objects.create(slug="b", title="B", author=bob)
        Post.objects.filter(pk=article.pk).update(author=ada)

        assert [end(one, keep_texts=True) for one in (ada, bob)] == [False, False]
        assert User.objects.filter(username__startswith="gone-", email="").count() == 2

    def test_what_the_sites_own_holder_erases_hangs_no_more(self, ada, article, monkeypatch):
        people.holders()  # their modules are loaded once
        monkeypatch.setattr(people, "_holders", dict(people._holders))
        Post.objects.filter(pk=article.pk).update(author=ada)

        def erase(person, how):
            return {"articles": Post.objects.filter(author__in=person.user_ids).delete()[0]}

        register_holder(Holder(id="blog", label="Blog", export=lambda person: {}, erase=erase))

        assert end(ada, keep_texts=True)
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("on_delete", "holds"),
        [
            (models.CASCADE, True),
            (models.PROTECT, True),
            (models.RESTRICT, True),
            (models.DO_NOTHING, True),
            (models.SET_NULL, False),
        ],
        ids=lambda value: getattr(value, "__name__", str(value)),
    )
    def test_whatever_happens_to_its_rows(self, ada, article, monkeypatch, on_delete, holds):
        Post.objects.filter(pk=article.pk).update(author=ada)
        monkeypatch.setattr(Post._meta.get_field("author").remote_field, "on_delete", on_delete)

        assert holds_something(ada) is holds

    def test_nothing_hangs_on_a_plain_member(self, ada, comment):
        ada.groups.add(Group.objects.create(name="readers"))
        account = SocialAccount.objects.create(user=ada, provider="github", uid="1")
        Portrait.objects.create(user=ada, account=account)

        assert not holds_something(ada)


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_leaves_once():
    bob = User.objects.create_user("bob", "bob@example.org", "pw")
    EmailAddress.objects.create(user=bob, email="bob@example.org", verified=True, primary=True)
    done: list[object] = []

    def press(which: int) -> None:
        try:
            done.append(end(bob, keep_texts=True))
        except User.DoesNotExist:
            done.append("gone")

    side_by_side(press, 2)

    assert sorted(map(str, done)) == ["True", "gone"]
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has no second connection to wait for.")
def test_who_presses_twice_at_once_waits_for_himself(monkeypatch):
    """Without a lock both would have the account in their hands at the same time."""
    bob = User.objects.create_user("bob", "bob@example.org", "pw")
    EmailAddress.objects.create(user=bob, email="bob@example.org", verified=True, primary=True)
    meeting = Meeting()
    monkeypatch.setattr(leaving, "person_of", meeting.before(leaving.person_of))

    def press(which: int) -> None:
        with suppress(User.DoesNotExist):
            end(bob, keep_texts=True)

    side_by_side(press, 2)

    assert not meeting.took_place
