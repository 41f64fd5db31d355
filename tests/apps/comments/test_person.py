"""Everything about one person, by his address: shown, or erased, as a command and in the admin."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override
from django_comments.models import CommentFlag

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Action, Entry, Report, Vote
from smo_kit.comments.moderation import decide, rewrite, undo
from smo_kit.comments.moves import move
from smo_kit.comments.notices import TO_CONFIRM, TO_MODERATE, mails_of
from smo_kit.comments.services import edit
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.votes import report, vote
from smo_kit.core.emails import BadAddress
from smo_kit.core.models import PersonalRequest
from smo_kit.core.people import erase, export, person_at
from smo_kit.core.visitors import Visitor
from smo_kit.mail.models import Mail, Suppression
from smo_kit.mail.suppression import is_suppressed, suppress
from smo_kit.spam.models import Print, Reputation
from tests.apps.comments.test_repair import found, repair

URL = "/admin/smo_core/personalrequest/"
GRACE = "grace@example.org"


@pytest.fixture
def grace(say, settings):
    """Have a guest say two things, be answered, vote, report, and get a mail."""
    settings.SMO_KIT = {"COMMENTS": {"confirm_guests": False, "moderators": ("mod@example.org",)}}
    browser = Visitor(key="graces-browser")
    words = {"user": None, "name": "Grace Hopper", "email": "Grace@Example.org", "address": "192.0.2.7"}
    other = say("The third arch is the oldest one, by the way.")
    first = say(
        "My grandfather was a mason there, he built it.", visitor=browser, url="https://example.org/me", **words
    )
    reply = say("Was he? That is a story to be told.", first)
    second = say("He was. I will tell it when I have the time to.", reply, visitor=browser, **words)
    vote(other, 1, browser)
    report(other, browser, "Grace says it is wrong")
    Mail.objects.create(
        kind="comment-held",
        to="mod@example.org",
        key=f"{mails_of(first.pk)}held:0",
        subject="x",
        text="masons",
        due="2020-01-01T00:00Z",
    )
    Mail.objects.create(kind="digest", to=GRACE, key="d", subject="News", due="2020-01-01T00:00Z")
    decide(second, "hold")
    decide(second, "publish")
    return first, reply, second, other


def everywhere() -> str:
    """Return all that the tables say, to look for a person in it."""
    tables = (XtdComment, Entry, Vote, Report, Action, Mail, Reputation, PersonalRequest)
    return json.dumps([list(map(str, row)) for table in tables for row in table._base_manager.values_list()])


def command(*args, **options) -> dict:
    out = StringIO()
    call_command("smo_person", *map(str, args), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_an_export_has_all_that_is_kept(grace, tmp_path):
    file = tmp_path / "grace.json"
    told = command("GRACE@example.org", export=file)
    got = json.loads(file.read_text())

    found_there = {"comments": 2, "votes": 1, "reports": 1, "earlier_texts": 0, "flags": 0, "decisions": 0}
    assert told["found"]["comments"] == found_there
    assert [one["text"] for one in got["comments"]["comments"]] == [
        "My grandfather was a mason there, he built it.",
        "He was. I will tell it when I have the time to.",
    ]
    assert got["comments"]["comments"][0]["ip"] == "192.0.2.7"
    assert got["comments"]["reports"][0]["reason"] == "Grace says it is wrong"
    assert [one["subject"] for one in got["mail"]["mails"]] == ["News"]
    assert got["spam"]["reputations"][0]["published"] == 1
    assert PersonalRequest.objects.get().verb == "export"


def test_erasing_leaves_nothing_of_the_person_and_the_threads_whole(grace, article):
    first, reply, second, other = grace
    report = command(GRACE, erase=True)
    left = everywhere().casefold()

    assert report["found"]["comments"] == {
        "comments": 2,
        "votes": 1,
        "reports": 1,
        "flags": 0,
        "decisions": 0,
        "mails": 1,
    }
    for trace in ("hopper", "grace", "mason", "192.0.2.7", "example.org/me", first.person, first.author_mark):
        assert trace.casefold() not in left
    assert dict(Entry.objects.values_list("pk", "state")) == {
        first.pk: State.REMOVED,
        second.pk: State.REMOVED,
        reply.pk: State.PUBLISHED,
        other.pk: State.PUBLISHED,
    }
    assert Entry.objects.get(pk=other.pk).likes == 1
    assert discussion_of(article).count == 2
    assert not Print.objects.filter(object_pk=str(first.pk)).exists()
    assert found(repair()) == {}


def test_earlier_texts_in_the_log_are_exported_and_erased(grace, admin_user):
    first, *_others = grace
    move(first, State.HELD)
    edit(first, "It was somebody else who built it.")
    rewrite(first, "It was built.", user=admin_user)

    texts = [one["note"] for one in export(person_at(GRACE))["comments"]["earlier_texts"]]
    assert texts == ["My grandfather was a mason there, he built it.", "It was somebody else who built it."]
    command(GRACE, erase=True)

    assert "mason" not in everywhere()
    assert "somebody else who" not in everywhere()


def test_what_is_erased_is_not_published_again(grace, admin_user, admin_client):
    first, *_others = grace
    decide(first, "remove", user=admin_user)
    command(GRACE, erase=True)
    entry = Entry.objects.select_related("comment", "discussion").get(pk=first.pk)

    assert not undo(entry, user=admin_user)
    assert decide(entry, "publish", user=admin_user) is None
    assert "publish:" not in admin_client.get(f"/admin/smo_comments/entry/{first.pk}/change/").content.decode()
    assert Entry.objects.get(pk=first.pk).state == State.REMOVED


def test_a_name_that_is_gone_is_in_the_language_of_the_page(grace):
    first, _reply, second, _other = grace
    Entry.objects.filter(pk=first.pk).update(language="ru")
    with override("de"):
        erase(person_at(GRACE))
    names = dict(XtdComment.objects.values_list("pk", "user_name"))
    with override("ru"):
        russian = gettext("Deleted")
    assert (names[first.pk], names[second.pk]) == (russian, "Deleted")
    assert russian != "Deleted"


def test_a_moderator_gets_no_texts_of_others(grace, admin_user):
    first, *_others = grace
    rewrite(first, "It was built.", user=admin_user)
    (decision,) = export(person_at(admin_user.email))["comments"]["decisions"]
    assert (decision["verb"], decision["note"]) == ("edited", "")


def test_texts_can_be_kept_under_no_name(grace):
    first, _reply, second, _other = grace
    held = Entry.objects.get(pk=second.pk)
    Entry.objects.filter(pk=held.pk).update(published_at=None)
    move(held, State.HELD)
    command(GRACE, erase=True, keep_texts=True)

    comment = XtdComment.objects.get(pk=first.pk)
    assert (comment.comment, comment.user_name, comment.user_email) == (
        "My grandfather was a mason there, he built it.",
        "Deleted",
        "",
    )
    assert Entry.objects.get(pk=first.pk).is_published
    assert XtdComment.objects.get(pk=second.pk).comment == ""  # readers had not seen it
    assert "Hopper" not in everywhere()


def test_an_account_is_found_by_its_address(say, member):
    entry = say()
    other = say("Another one that somebody else has said.", user=User.objects.create_user("eve", "eve@example.org"))
    CommentFlag.objects.create(user=member, comment_id=other.pk, flag="I liked it")
    decide(other, "hold", user=member)

    assert person_at("ADA@example.org").user_ids == (member.pk,)
    done = command("ada@example.org", erase=True)
    assert (done["accounts"], done["found"]["comments"]["flags"], done["found"]["comments"]["decisions"]) == (1, 1, 1)
    assert XtdComment.objects.get(pk=entry.pk).user is None
    assert Entry.objects.get(pk=other.pk).likes == 1
    assert Action.objects.get(verb="hold").user is None
    assert found(repair()) == {}


def test_that_an_address_wants_no_mail_outlives_it(grace):
    suppress(GRACE, "", "asked")
    command(GRACE, erase=True)

    assert is_suppressed(GRACE, TO_MODERATE.id) is False
    assert is_suppressed(GRACE, TO_CONFIRM.id)
    assert Suppression.objects.count() == 1


def test_a_dry_run_erases_nothing(grace):
    before = everywhere()
    told = command(GRACE, erase=True, dry_run=True)

    assert everywhere() == before
    assert told == command(GRACE, erase=True)


def test_erasing_twice_finds_nothing_more(grace):
    command(GRACE, erase=True)
    assert not any(sum(counts.values()) for counts in command(GRACE, erase=True)["found"].values())


def test_the_log_knows_who_but_not_whom(grace):
    admin = User.objects.create_superuser("root")
    erase(person_at(GRACE), user=admin)
    export(person_at(GRACE.upper()), user=admin)

    assert list(PersonalRequest.objects.values_list("verb", "user")) == [("export", admin.pk), ("erase", admin.pk)]
    assert len(set(PersonalRequest.objects.values_list("mark", flat=True))) == 1
    assert "grace" not in json.dumps(list(PersonalRequest.objects.values("mark", "figures")))


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org, b@example.org", "x\n@example.org"])
def test_what_is_no_address_is_refused(address, db):
    with pytest.raises(BadAddress, match=r"name@example\.org"):
        person_at(address)
    with pytest.raises(CommandError):
        call_command("smo_person", address or " ")


def test_options_of_erasing_alone_are_refused(db):
    with pytest.raises(CommandError, match="belong to --erase"):
        call_command("smo_person", GRACE, "--keep-texts")


def test_the_figures_are_told_in_words(grace):
    out = StringIO()
    call_command("smo_person", GRACE, stdout=out)
    assert "2 comments (comments) found" in out.getvalue()
    assert not PersonalRequest.objects.exists()


def test_the_admin_shows_exports_and_erases(grace, admin_client):
    page = BeautifulSoup(admin_client.post(URL, {"address": GRACE}).content, "html.parser")
    rows = [[cell.text for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert ["Comments", "comments", "2"] in rows

    file = admin_client.post(URL, {"address": GRACE, "export": "1"})
    assert file.headers["Content-Disposition"] == 'attachment; filename="personal-data.json"'
    assert len(file.json()["comments"]["comments"]) == 2

    unsure = admin_client.post(URL, {"address": GRACE, "erase": "1"})
    assert "tick that you are sure" in unsure.content.decode()
    assert XtdComment.objects.filter(user_email__iexact=GRACE).count() == 2

    done = admin_client.post(URL, {"address": GRACE, "erase": "1", "sure": "yes"}, follow=True)
    assert "is erased" in done.content.decode()
    assert GRACE not in done.content.decode()
    assert not XtdComment.objects.filter(user_email__iexact=GRACE).exists()


def test_the_admin_refuses_what_is_no_address(admin_client):
    assert "name@example.org" in admin_client.post(URL, {"address": "<b>"}).content.decode()


@pytest.mark.parametrize(("permission", "status"), [("handle_personal_data", 200), ("change_settings", 403)])
def test_only_who_has_the_permission_may_look(client, permission, status, db):
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename=permission, content_type__app_label="smo_core"))
    client.force_login(user)

    assert client.get(URL).status_code == status
    assert client.post(URL, {"address": GRACE, "export": "1"}).status_code == status
