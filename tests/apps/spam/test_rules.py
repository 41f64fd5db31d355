"""What the rules say before anything was learned."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from smo_kit.core.sayings import Saying, packed
from smo_kit.core.subjects import Key
from smo_kit.spam.conf import RULES
from smo_kit.spam.rule_names import LEARNED, NAMES, name_of
from smo_kit.spam.rules.lists import mark_of
from smo_kit.spam.services import Signal, Submission, ban, judge, note, remember, trust

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PLAIN = "The second chapter was harder to follow than the first one."
OFFER = "Casino bonus: check out my channel http://a.example.com http://b.example.com"


def rules(verdict):
    return {reason.rule for reason in verdict.reasons}


class LazyRule:
    """A rule of a site whose text is translated by Django alone."""

    def judge(self, submission):
        return Signal(1.0, gettext_lazy("Yes"))


def test_reasons_are_kept_as_messages_whoever_writes(settings):
    settings.SMO_KIT = {"SPAM": {"rules": (*RULES, f"{__name__}.LazyRule"), "muted_words": ("casino",)}}
    submission = Submission(text=OFFER, name="www.example.com", opened=timezone.now() + DAY, honeypot=True)
    told = []
    for language in ("en", "ru"):
        with override(language):
            verdict = judge(submission)
        told.append(packed([reason.text for reason in verdict.reasons]))
        assert all(isinstance(reason.text, Saying) for reason in verdict.reasons)
    assert told[0] == told[1]
    assert {"FormTime", "Honeypot", "Muted", "Phrases", "Links", "OwnPage", "LazyRule"} <= rules(verdict)


def test_an_ordinary_comment_is_published():
    verdict = judge(Submission(text=PLAIN))
    assert verdict.action == "publish"
    assert 0 < verdict.score < 0.5


@pytest.mark.parametrize(
    ("text", "action"), [("I disagree: see https://example.org/x", "publish"), ("Look: https://example.org/x", "hold")]
)
def test_a_link_waits_where_hardly_a_word_is_said_beside_it(text, action):
    assert judge(Submission(text=text)).action == action


@pytest.mark.parametrize(
    "text",
    [
        "I subscribe to two newspapers, and so should you.",
        "She was awarded for that song.",
        "Congratulations, you nailed the second chapter!",
        "Напиши ему в личку, он ответит.",
        "Сестру взяли в команду, мы ей гордимся.",
    ],
)
def test_one_phrase_of_advertising_alone_does_not_hold_a_comment(text):
    assert judge(Submission(text=text)).action == "publish"


@pytest.mark.parametrize("text", ["Check out my channel, thanks!", "Подпишись на мой канал!", "Пиши в лс"])
def test_a_plea_to_come_and_see_is_held_by_itself(text):
    assert judge(Submission(text=text)).action == "hold"


@pytest.mark.parametrize("more", ["my videos are new", "https://example.org/a-page", "@somebody", "it costs 20 $"])
def test_a_phrase_of_advertising_weighs_in_full_with_a_second_one_or_what_is_sold_with(more):
    text = f"Subscribe to my channel everybody, {more}"
    assert judge(Submission(text=text)).action == "hold"


def test_an_advertisement_is_not_published_and_the_reasons_name_what_weighed_most_first():
    verdict = judge(Submission(text=OFFER))
    assert verdict.action != "publish"
    assert verdict.score > 0.5
    scores = [abs(reason.score) for reason in verdict.reasons]
    assert scores == sorted(scores, reverse=True)
    assert {"Phrases", "Links"} <= rules(verdict)
    assert all(str(reason.text) for reason in verdict.reasons)


@pytest.mark.parametrize("link", ["[one](//a.fun)", "<https://a.fun>", r"[one](https:\/\/a.fun)", "see //a.fun/x"])
def test_a_link_is_seen_however_it_is_written(link):
    assert "Links" in rules(judge(Submission(text=f"{PLAIN} {link}")))


def test_slashes_in_code_are_no_link():
    assert "Links" not in rules(judge(Submission(text=f"{PLAIN} x = y / 2.5 // half of it, //then more")))


@pytest.mark.parametrize("text", ["", " ", "👍", "\x00", "\ud800", "a" * 20_000])
def test_any_text_has_a_verdict(text):
    assert 0 <= judge(Submission(text=text)).score <= 1


def test_a_form_filled_in_at_once_is_suspicious_and_one_that_was_read_is_not():
    now = timezone.now()
    quick, slow = (judge(Submission(text=PLAIN, opened=now - dt.timedelta(seconds=s))) for s in (1, 60))
    assert quick.score > slow.score
    assert "FormTime" in rules(quick) - rules(slow)


def test_a_filled_honeypot_is_spam_whatever_the_text():
    assert judge(Submission(text=PLAIN, honeypot=True)).score > 0.95


def test_muted_words_hold_a_text_in_whatever_letters(settings):
    settings.SMO_KIT = {"SPAM": {"muted_words": ["Voldemort", "dark magic*"]}}
    for text in ("I like V0ldemort", "Vｏldemｏrt rules", "Some dark   magicians"):
        verdict = judge(Submission(text=text))
        assert (verdict.action, "Muted" in rules(verdict)) == ("hold", True)
    assert judge(Submission(text="I like Voldemortesque things")).action == "publish"


def test_a_script_that_nobody_here_reads_is_suspicious_unless_it_is_expected(settings):
    text = "これは日本語で書かれたかなり長いコメントです"
    assert "Scripts" in rules(judge(Submission(text=text)))
    settings.SMO_KIT = {"SPAM": {"languages": ["en", "ja"]}}
    assert "Scripts" not in rules(judge(Submission(text=text)))


def test_words_of_the_article_speak_for_a_text():
    text = "The bridge across the river needs stronger pillars before winter comes again"
    with_topic = judge(Submission(text=text, topic="How the river bridge got its pillars before a hard winter"))
    off_topic = judge(Submission(text=text, topic="Baking bread with sourdough, flour and patience"))
    assert with_topic.score < judge(Submission(text=text)).score < off_topic.score


def test_the_same_text_again_is_suspicious_but_not_to_itself():
    key = Key(1, "1")
    text = "Our lovely handmade soaps are waiting for you at the market every day"
    note(text, key)
    assert "Repeated" in rules(judge(Submission(text=text.replace("every", "any"))))
    assert "Repeated" not in rules(judge(Submission(text=text, own=key)))


def test_trust_of_an_account_counts_and_that_of_a_claimed_address_does_not():
    trust(Submission(text="", user_id=7))
    trust(Submission(text="", email="ann@example.org"))
    assert judge(Submission(text=OFFER, user_id=7)).action == "publish"
    assert judge(Submission(text=OFFER, email="ann@example.org")).action != "publish"


def test_a_banned_address_is_spam_in_whatever_case_it_is_written():
    ban(Submission(text="", email="Bob@Example.org"))
    assert judge(Submission(text=PLAIN, email=" bob@example.ORG ")).action == "spam"


def test_what_became_of_earlier_texts_weighs():
    for _ in range(3):
        remember(Submission(text="", user_id=1), "published")
        remember(Submission(text="", user_id=2), "spam")
    good, bad = (judge(Submission(text=PLAIN, user_id=user)).score for user in (1, 2))
    assert good < judge(Submission(text=PLAIN)).score < bad


def test_a_listed_address_is_suspicious_and_a_missing_list_is_none(settings, tmp_path):
    listed = tmp_path / "ips.csv"
    listed.write_text("203.0.113.7,203.0.113.8\nmallory@example.org\n", encoding="utf-8")
    settings.SMO_KIT = {"SPAM": {"lists": [str(listed), str(tmp_path / "none.txt")]}}
    for who in ({"address": "203.0.113.8"}, {"email": "Mallory@example.org"}):
        assert "Listed" in rules(judge(Submission(text=PLAIN, **who)))
    assert "Listed" not in rules(judge(Submission(text=PLAIN, address="203.0.113.9", email="ann@example.org")))
    assert mark_of("2001:DB8::1") == mark_of("2001:db8:0::1")


def test_every_rule_has_a_name_and_one_of_a_site_that_of_its_class():
    assert {path.rpartition(".")[2] for path in RULES} | {LEARNED} == set(NAMES)
    assert name_of("LazyRule") == "LazyRule"


def test_a_rule_that_is_off_is_not_asked(settings):
    settings.SMO_KIT = {"SPAM": {"off": ["Links", "Phrases"]}}
    assert not {"Links", "Phrases"} & rules(judge(Submission(text=OFFER)))


class Gloomy:
    def judge(self, submission):
        return Signal(0.0, "It rains.", hold=True)


def test_a_site_adds_rules_of_its_own_and_a_held_text_keeps_its_score(settings):
    before = judge(Submission(text=PLAIN))
    settings.SMO_KIT = {"SPAM": {"rules": [f"{__name__}.Gloomy"]}}
    verdict = judge(Submission(text=PLAIN))
    assert (verdict.action, verdict.score) == ("hold", before.score)


def test_the_two_thresholds_stand_around_the_border(settings):
    plain, offer = (judge(Submission(text=text)).score for text in (PLAIN, OFFER))
    actions = []
    for low, high in ((50, 100), (0, 100), (0, 50)):
        settings.SMO_KIT = {"SPAM": {"publish_below": low, "spam_above": high}}
        actions.append((judge(Submission(text=PLAIN)).action, judge(Submission(text=OFFER)).action))
    assert actions == [("publish", "hold"), ("hold", "hold"), ("hold", "spam")]
    assert [judge(Submission(text=text)).score for text in (PLAIN, OFFER)] == [plain, offer]


@pytest.mark.parametrize("wrong", [{"publish_below": 60}, {"spam_above": 40}])
def test_a_threshold_on_the_wrong_side_of_the_border_is_a_warning_of_check(settings, wrong):
    settings.SMO_KIT = {"SPAM": wrong}
    assert "smo_kit.W302" in [error.id for error in run_checks(tags=["smo_kit"])]
    settings.SMO_KIT = {}
    assert "smo_kit.W302" not in [error.id for error in run_checks(tags=["smo_kit"])]


def test_a_rule_that_is_not_there_is_an_error_of_check_and_judging_names_it(settings):
    settings.SMO_KIT = {"SPAM": {"rules": ["smo_kit.spam.rules.links.Linx"]}}
    (error,) = [one for one in run_checks(tags=["smo_kit"]) if one.id == "smo_kit.E301"]
    assert "Linx" in error.msg
    with pytest.raises(ImportError, match="Linx"):
        judge(Submission(text=PLAIN))


def test_akismet_without_its_key_is_a_warning_of_check(settings):
    settings.SMO_KIT = {"SPAM": {"rules": ["smo_kit.spam.rules.akismet.Akismet"]}}
    assert [one.id for one in run_checks(tags=["smo_kit"]) if one.id == "smo_kit.W301"] == ["smo_kit.W301"]


def test_days_from_which_texts_have_stood_speak_for_an_account_little_by_little():
    scores = [judge(Submission(text=PLAIN, user_id=1, good_days=days)).score for days in (5, 4, 1, 0)]
    assert scores == sorted(set(scores))
    assert judge(Submission(text=PLAIN, user_id=1, good_days=500)).score == scores[0]
    assert judge(Submission(text=PLAIN, email="ann@example.org", good_days=5)).score == scores[-1]


def test_good_days_carry_no_advertising():
    assert judge(Submission(text=OFFER, user_id=1, good_days=5)).action != "publish"
