"""What moderators decide: carried out, learned from, written down, taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from smo_kit.comments import moves
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Action, Discussion, Entry
from smo_kit.comments.moderation import annotate, author_of, decide, judge_person, look_alikes, pin, rewrite, undo
from smo_kit.comments.moves import move
from smo_kit.comments.notices import mails_of
from smo_kit.comments.services import edit
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.votes import report
from smo_kit.core.marks import mark
from smo_kit.core.refusals import Refused
from smo_kit.core.visitors import Visitor
from smo_kit.mail.models import Mail
from smo_kit.mail.models import State as MailState
from smo_kit.mail.services import Letter, post
from smo_kit.spam.models import Decision
from smo_kit.spam.services import standing

ADVERT = "Buy cheap watches and handbags at our shop today, best prices in the whole town, free delivery for everybody"


@pytest.fixture
def held(say):
    entry = say()
    move(entry, State.HELD)
    return entry


def outcomes(entry):
    known = standing(author_of(entry.comment))
    return (known.published, known.removed, known.spam)


def reader(n):
    return Visitor(key=f"{n:032x}")


class TestVerdicts:
    @pytest.mark.parametrize(
        ("verdict", "state", "learned", "counted"),
        [
            ("publish", State.PUBLISHED, [False], (1, 0, 0)),
            ("spam", State.SPAM, [True], (0, 0, 1)),
            ("remove", State.REMOVED, [], (0, 1, 0)),
        ],
    )
    def test_each_is_learned_from_and_written_down(self, held, admin_user, verdict, state, learned, counted):
        assert decide(held, verdict, user=admin_user)

        assert held.state == state
        assert list(Decision.objects.values_list("is_spam", flat=True)) == learned
        assert outcomes(held) == counted
        assert Action.objects.values_list("verb", "before", "after", "user").get() == (
            *(verdict, "held", state),
            admin_user.pk,
        )

    def test_another_verdict_takes_the_place_of_the_first(self, held):
        decide(held, "publish")
        decide(held, "spam")

        assert list(Decision.objects.values_list("is_spam", flat=True)) == [True]
        assert outcomes(held) == (0, 0, 1)

    def test_the_last_comment_of_a_discussion_is_the_last_that_is_seen(self, say, article):
        first, second = say(), say("Another comment altogether, on mortar.")
        assert discussion_of(article).last_at == second.published_at
        decide(second, "remove")
        assert discussion_of(article).last_at == first.published_at
        decide(first, "remove")
        assert discussion_of(article).last_at is None

    def test_what_is_published_in_another_thread_meanwhile_stays_the_last(self, say, article, monkeypatch):
        first, second = say(), say("Another comment altogether, on mortar.")
        later, look = second.published_at + dt.timedelta(hours=1), moves._last_without

        def slowly(entry):
            found = look(entry)
            Discussion.objects.update(last_at=later)
            return found

        monkeypatch.setattr(moves, "_last_without", slowly)
        decide(first, "remove")
        assert discussion_of(article).last_at == later

    def test_the_same_twice_is_one(self, held):
        assert decide(held, "publish")
        assert decide(held, "publish") is None
        assert (outcomes(held), Action.objects.count()) == ((1, 0, 0), 1)


class TestUndo:
    def test_it_brings_back_the_state_and_what_was_known(self, held, admin_user, article):
        decide(held, "publish", user=admin_user)

        assert undo(held, user=admin_user)

        assert (held.state, discussion_of(article).count) == (State.HELD, 0)
        assert not Decision.objects.exists()
        assert outcomes(held) == (0, 0, 0)
        assert list(Action.objects.values_list("verb", flat=True)) == ["publish", "undo"]

    def test_it_goes_back_step_by_step_and_then_no_more(self, held):
        for verdict in ("publish", "remove", "spam"):
            decide(held, verdict)

        assert undo(held)
        assert (held.state, outcomes(held)) == (State.REMOVED, (0, 1, 0))
        assert list(Decision.objects.values_list("is_spam", flat=True)) == [False]
        assert undo(held)
        assert (held.state, outcomes(held)) == (State.PUBLISHED, (1, 0, 0))
        assert undo(held)
        assert (held.state, outcomes(held)) == (State.HELD, (0, 0, 0))
        assert not undo(held)

    def test_it_takes_nothing_back_that_it_does_not_know(self, held):
        first = decide(held, "publish")
        decide(held, "spam")

        assert not undo(held, only=first.pk)
        assert held.state == State.SPAM

    def test_what_has_happened_since_stands_in_the_way(self, held, settings):
        settings.SMO_KIT = {"COMMENTS": {"reports_to_hold": 1}}
        decide(held, "publish")
        assert report(held, reader(1))

        assert not undo(held)
        assert held.state == State.HELD

    def test_a_change_of_the_text_stands_in_the_way(self, held):
        decide(held, "publish")
        edit(held, "The fourth arch is the oldest one.")

        assert not undo(held)
        assert (held.state, Decision.objects.count()) == (State.PUBLISHED, 1)

    def test_what_was_said_of_another_text_is_not_learned_of_this_one(self, held):
        decide(held, "publish")
        edit(held, ADVERT)
        decide(held, "spam")

        assert undo(held)
        assert list(Decision.objects.values_list("is_spam", flat=True)) == [False]
        assert outcomes(held) == (1, 0, 0)

    def test_what_was_changed_may_be_said_to_stay_once_more(self, held):
        decide(held, "publish")
        edit(held, "The fourth arch is the oldest one.")
        assert decide(held, "publish")
        assert decide(held, "publish") is None

    def test_nothing_waits_for_its_guest_again(self, article):
        from smo_kit.comments.drafts import Draft
        from smo_kit.comments.services import post as say

        entry = say(article, Draft(text="A well told story.", name="Grace", email="g@example.org")).entry
        decide(entry, "publish")
        undo(entry)
        assert entry.state == State.HELD


class TestReports:
    def test_a_moderators_word_settles_them(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"reports_to_hold": 2}}
        entry = say()
        assert not report(entry, reader(1))
        assert report(entry, reader(2))
        decide(entry, "publish")
        assert entry.reports == 0

        assert not report(entry, reader(3))
        assert not report(entry, reader(1))
        assert (entry.reports, entry.state) == (1, State.PUBLISHED)
        assert report(entry, reader(4))

    def test_undoing_that_word_counts_them_again(self, say):
        entry = say()
        report(entry, reader(1))
        assert decide(entry, "publish")
        assert undo(entry)
        assert (entry.reports, entry.state) == (1, State.PUBLISHED)

    def test_moderators_are_told_of_what_readers_have_hidden(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"reports_to_hold": 1, "moderators": ("mod@example.org",)}}
        entry = say()
        report(entry, reader(1))
        assert Mail.objects.get().key.startswith(mails_of(entry.pk))


class TestMail:
    @pytest.mark.parametrize("verdict", ["spam", "remove", "hold"])
    def test_what_has_not_gone_out_about_a_withdrawn_comment_is_recalled(self, say, verdict):
        entry, other = say(), say("Another comment altogether, on mortar.")
        for one in (entry, other):
            post(Letter(to="a@example.org", subject="New", text="…", kind="comment-held", key=f"{mails_of(one.pk)}new"))

        decide(entry, verdict)

        assert dict(Mail.objects.values_list("key", "state")) == {
            f"comment:{entry.pk}:new": MailState.RECALLED,
            f"comment:{other.pk}:new": MailState.WAITING,
        }

    def test_moderators_are_told_anew_each_time_that_it_is_held(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"hold": "all", "moderators": ("mod@example.org",)}}
        entry = say()
        decide(entry, "publish")
        edit(entry, "The fourth arch is the oldest one.")

        assert entry.state == State.HELD
        assert Mail.objects.count() == 2

    def test_it_says_why_in_the_language_of_the_page(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"hold": "all", "moderators": ("mod@example.org",)}}
        say()
        assert "- The settings hold comments back." in Mail.objects.get().text

    def test_the_first_comment_of_a_person_waits_whatever_key_his_mark_was_made_with(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"hold": "first"}}
        first = say()
        assert (first.state, first.why[0]) == (State.HELD, "It is this person's first comment.")
        decide(first, "publish")
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
        assert say("The fourth arch is the newest one.").state == State.PUBLISHED

    def test_a_guest_whose_domain_is_not_ascii_is_known_from_earlier_versions(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"hold": "first", "confirm_guests": False}}
        guest = {"user": None, "name": "Ann", "email": "ann@пример.рф"}
        first = say(**guest)
        decide(first, "publish")
        earlier = mark("smo_kit.comments.address", guest["email"])
        assert first.person != earlier
        Entry.objects.filter(pk=first.pk).update(person=earlier)
        assert say("The fourth arch is the newest one.", **guest).state == State.PUBLISHED


class TestLookAlikes:
    def test_those_of_the_last_days_are_found(self, say):
        first, second = say(ADVERT), say(f"{ADVERT}!")
        say()
        assert look_alikes(first) == [second]
        decide(second, "spam")
        assert look_alikes(first) == []


class TestPeople:
    def test_trust_and_ban_follow_the_author(self, say, admin_user):
        entry = say()
        judge_person(entry, "ban", user=admin_user)
        assert standing(author_of(entry.comment)).banned
        assert say("One more word on bridges.").state == State.SPAM
        judge_person(entry, "unban", user=admin_user)
        judge_person(entry, "trust", user=admin_user)
        known = standing(author_of(entry.comment))
        assert (known.trusted, known.banned) == (True, False)
        assert list(Action.objects.values_list("verb", flat=True)) == ["ban", "unban", "trust"]


class TestText:
    def test_a_moderators_change_is_rendered_and_the_old_text_kept(self, say, admin_user):
        entry = say("Call me: 555 1234, *please*")
        version = discussion_of(entry.discussion.key).version

        rewrite(entry, "*please*", user=admin_user)

        entry.refresh_from_db()
        assert (entry.html, entry.comment.comment) == ("<p><em>please</em></p>", "*please*")
        assert XtdComment.objects.get(pk=entry.pk).comment == "*please*"
        assert entry.edited_at is not None
        action = Action.objects.get()
        assert (action.verb, action.user, action.note) == ("edited", admin_user, "Call me: 555 1234, *please*")
        assert discussion_of(entry.discussion.key).version > version

    def test_a_note_changes_nothing(self, say, admin_user):
        entry = say()
        annotate(entry, "Knows the mason.", user=admin_user)
        assert Action.objects.get().note == "Knows the mason."
        assert not undo(entry)

    def test_an_edit_that_looks_like_spam_is_held_again(self, say, settings):
        entry = say()
        settings.SMO_KIT = {"SPAM": {"muted_words": ("watches",)}}
        edit(entry, ADVERT)
        entry.refresh_from_db()
        assert entry.state == State.HELD
        assert "Muted: “watches”." in entry.why

    def test_what_is_gone_is_not_edited(self, say):
        entry = say()
        decide(entry, "spam")
        with pytest.raises(Refused):
            edit(entry, "Something else.")


class TestPins:
    def test_one_of_a_discussion_is_pinned(self, say):
        first, second = say(), say("Another comment altogether, on mortar.")
        assert pin(first)
        assert pin(second)
        assert list(Entry.objects.filter(pinned_at__isnull=False)) == [second]
        assert pin(second, yes=False)
        assert not Entry.objects.filter(pinned_at__isnull=False).exists()

    def test_neither_a_reply_nor_what_is_held_can_be(self, say):
        root = say()
        assert not pin(say("A reply to the first one.", root))
        move(root, State.HELD)
        assert not pin(root)
