"""An author changes or takes back his comment: what it is by now counts, not what it was when he opened the form."""

from __future__ import annotations

import pytest

from smo_kit.comments import services
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import move
from smo_kit.comments.services import edit, take_back
from smo_kit.comments.states import State
from smo_kit.comments.votes import report
from smo_kit.core.refusals import Refused
from smo_kit.core.visitors import Visitor

BAD = "Cheap watches for everybody."
RULES = {"SPAM": {"muted_words": ("watches",)}}


def again(entry):
    return Entry.objects.select_related("comment", "discussion").get(pk=entry.pk)


@pytest.fixture
def meanwhile(monkeypatch):
    """Let somebody do something to a comment while its author's change is judged."""
    judge = services.judgement_on

    def meanwhile(act):
        def judged(*args, **kwargs):
            act()
            return judge(*args, **kwargs)

        monkeypatch.setattr(services, "judgement_on", judged)

    return meanwhile


@pytest.fixture
def held(say):
    entry = say()
    move(entry, State.HELD)
    return entry


class TestMeanwhile:
    def test_what_a_moderator_publishes_meanwhile_is_held_by_what_its_author_makes_of_it(
        self, held, settings, meanwhile
    ):
        settings.SMO_KIT = RULES
        meanwhile(lambda: decide(again(held), "publish"))

        edit(held, BAD)

        assert (again(held).state, again(held).comment.comment) == (State.HELD, BAD)

    @pytest.mark.parametrize("verdict", ["remove", "spam"])
    def test_what_a_moderator_takes_away_meanwhile_is_not_changed(self, say, meanwhile, verdict):
        entry = say()
        text = entry.comment.comment
        meanwhile(lambda: decide(again(entry), verdict))

        with pytest.raises(Refused):
            edit(entry, "Other words.")

        assert again(entry).comment.comment == text

    def test_what_became_spam_meanwhile_is_not_taken_back(self, say):
        entry = say()
        decide(again(entry), "spam")
        with pytest.raises(Refused):
            take_back(entry)
        assert again(entry).state == State.SPAM

    def test_the_same_change_at_once_is_one(self, say, monkeypatch):
        entry = say()
        with monkeypatch.context() as once:
            judge = services.judgement_on

            def judged(*args, **kwargs):
                once.setattr(services, "judgement_on", judge)
                edit(again(entry), "Other words.")
                return judge(*args, **kwargs)

            once.setattr(services, "judgement_on", judged)
            edit(entry, "Other words.")
        assert Action.objects.filter(verb="edited").count() == 1


class TestReasons:
    def test_they_are_those_of_the_new_text(self, say, settings):
        settings.SMO_KIT = RULES
        entry = say(BAD)
        assert "Muted: “watches”." in entry.why
        edit(entry, "The mortar is younger than the stones.")
        assert again(entry).state == State.HELD
        assert "Muted: “watches”." not in again(entry).why
        assert again(entry).why[0] == "It was held already when its author changed it."

    @pytest.mark.parametrize("state", [State.HELD, State.PUBLISHED, State.PENDING])
    def test_plain_spam_does_not_stay_where_it_was(self, say, monkeypatch, state):
        entry = say()
        Entry.objects.filter(pk=entry.pk).update(state=state)
        spam = services.Judgement(State.SPAM, 0.99, ["It is spam."])
        monkeypatch.setattr(services, "judgement_on", lambda *args, **kwargs: spam)
        edit(again(entry), BAD)
        assert (again(entry).state, again(entry).why) == (State.SPAM, ["It is spam."])

    def test_what_stays_published_has_them_too(self, say, monkeypatch):
        entry = say()
        fine = services.Judgement(State.PUBLISHED, 0.2, ["Links: 1."])
        monkeypatch.setattr(services, "judgement_on", lambda *args, **kwargs: fine)
        edit(entry, "See https://example.org/ for more.")
        assert (again(entry).state, again(entry).why) == (State.PUBLISHED, ["Links: 1."])


class TestLog:
    def test_the_old_words_of_what_was_reported_are_kept(self, say):
        entry = say("You are a fool.")
        report(entry, Visitor(key="f" * 32), "Rude.")
        edit(again(entry), "You are a friend.")
        assert Action.objects.get(verb="edited").note == "You are a fool."

    def test_those_of_what_waits_too(self, held):
        text = held.comment.comment
        edit(held, "You are a friend.")
        assert Action.objects.get(verb="edited").note == text

    def test_of_others_they_are_not(self, say):
        edit(say(), "You are a friend.")
        assert Action.objects.get(verb="edited").note == ""

    def test_an_author_does_not_change_his_comment_all_the_time(self, say, settings):
        settings.SMO_KIT = {"COMMENTS": {"edits_an_hour": 2}}
        entry = say()
        for n in range(2):
            edit(entry, f"Version {n}.")
        with pytest.raises(Refused, match="too often"):
            edit(entry, "Version 3.")
        assert again(entry).comment.comment == "Version 1."
