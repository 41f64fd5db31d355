"""Traps of the form, rates, fingerprints, reputations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import override_settings
from django.utils import timezone

from smo_kit.core.limits import networks_of
from smo_kit.core.subjects import Key
from smo_kit.spam import repeats
from smo_kit.spam.models import Band, Print, Reputation
from smo_kit.spam.services import (
    Submission,
    TooMany,
    TrapError,
    admit,
    forget_author,
    note,
    read_traps,
    remember,
    similar,
    standing,
    trap_fields,
)
from smo_kit.spam.traps import FIELD, LIFE

pytestmark = pytest.mark.django_db
KEY, OTHER = Key(1, "1"), Key(1, "2")
TEXT = "Our lovely handmade soaps are waiting for you at the market every day"


@pytest.fixture
def clock(monkeypatch):
    """Set the time of signatures by hours from now."""

    def later(hours):
        then = timezone.now().timestamp() + hours * 3600
        monkeypatch.setattr("django.core.signing.time.time", lambda: then)

    return later


def test_a_form_knows_when_it_was_opened_and_whether_the_honeypot_was_filled():
    fields = trap_fields(KEY)
    plain = read_traps({FIELD: fields.opened, fields.honeypot: ""}, KEY)
    assert abs((timezone.now() - plain.opened).total_seconds()) < 5
    assert plain.honeypot is False
    assert read_traps({FIELD: fields.opened, fields.honeypot: "x"}, KEY).honeypot is True


@pytest.mark.parametrize("data", [{}, {FIELD: ""}, {FIELD: "1:2"}, {FIELD: "éé:\ud800"}])
def test_a_form_without_a_right_signature_is_refused_with_a_sentence(data):
    with pytest.raises(TrapError, match="open the page anew"):
        read_traps(data, KEY)


def test_a_form_of_another_page_is_refused():
    with pytest.raises(TrapError):
        read_traps({FIELD: trap_fields(OTHER).opened}, KEY)


def test_a_form_lives_for_more_than_a_day_and_no_longer_than_it_says(clock):
    fields = trap_fields(KEY)
    clock(25)
    assert read_traps({FIELD: fields.opened, fields.honeypot: "x"}, KEY).honeypot is True
    clock(LIFE.total_seconds() / 3600 + 1)
    with pytest.raises(TrapError, match="send your text again"):
        read_traps({FIELD: fields.opened}, KEY)


def test_the_honeypot_has_another_name_under_another_page_and_on_another_day(clock):
    today = trap_fields(KEY).honeypot
    assert trap_fields(KEY).honeypot == today != trap_fields(OTHER).honeypot
    clock(24)
    assert trap_fields(KEY).honeypot != today


def test_a_form_that_is_shown_again_keeps_its_time_and_the_trap_of_its_day(clock):
    first = trap_fields(KEY)
    clock(24)
    again = trap_fields(KEY, {FIELD: first.opened})
    assert again == first
    assert read_traps({FIELD: again.opened, again.honeypot: "x"}, KEY).honeypot is True


@pytest.mark.parametrize("sent", [None, {}, {FIELD: "forged"}])
def test_what_is_no_form_of_this_page_keeps_nothing(sent):
    assert trap_fields(KEY, sent).opened not in (sent or {}).values()


def test_an_address_its_network_and_a_page_have_their_limits(settings):
    settings.SMO_KIT = {"SPAM": {"address_limit": 2, "subject_limit": 12}}
    admit("192.0.2.1")
    admit("192.0.2.1")
    with pytest.raises(TooMany):
        admit("192.0.2.1")
    for host in range(2, 7):
        admit(f"192.0.2.{host}")
    with pytest.raises(TooMany) as refused:
        admit("192.0.2.99")
    assert refused.value.seconds > 0
    admit("192.0.3.1")
    for _ in range(12):
        admit("", KEY)
    with pytest.raises(TooMany, match="try again"):
        admit("", KEY)
    admit("", OTHER)


def test_networks_are_of_24_and_48_bits():
    assert networks_of("192.0.2.77") == ("192.0.2.77/32", "192.0.2.0/24")
    assert networks_of("2001:db8:1:2::77") == ("2001:db8:1:2::/64", "2001:db8:1::/48")


def test_look_alikes_are_found_and_others_are_not():
    for place, text in enumerate(
        (TEXT, TEXT.replace("every", "any"), "Nothing of the kind is said here at all, is it")
    ):
        note(text, Key(1, str(place)))
    assert similar(TEXT) == [Key(1, "0"), Key(1, "1")]
    assert similar(TEXT, without=Key(1, "0")) == [Key(1, "1")]
    assert similar("Thank you!") == []


def test_an_edited_text_has_one_fingerprint_and_a_forgotten_one_none():
    note(TEXT, KEY)
    note("Something else altogether is written here after the edit", KEY)
    assert (similar(TEXT), Print.objects.count()) == ([], 1)
    repeats.forget(KEY)
    assert (Print.objects.count(), Band.objects.count()) == (0, 0)


def test_old_fingerprints_are_not_asked_and_are_swept_away():
    note(TEXT, KEY)
    Print.objects.update(made=timezone.now() - dt.timedelta(days=8))
    assert similar(TEXT) == []
    with override_settings(SMO_KIT={"SPAM": {"similar_days": 30}}):
        assert similar(TEXT) == [KEY]
    assert (repeats.sweep_prints(), repeats.sweep_prints()) == (1, 0)


def test_a_changed_decision_is_counted_once():
    author = Submission(text="", email="ann@example.org", user_id=5)
    remember(author, "published")
    remember(author, "spam", instead_of="published")
    known = standing(author)
    assert (known.published, known.spam) == (0, 1)


def test_neither_an_address_nor_an_account_stands_in_the_table():
    remember(Submission(text="", email="ann@example.org", name="Ann"), "published")
    row = Reputation.objects.get()
    assert "ann@" not in f"{row.who}{row.label}"
    assert row.label == "Ann a…@example.org"


def test_an_author_is_erased_even_after_the_secret_key_was_changed(settings):
    remember(Submission(text="", email="ann@example.org"), "spam")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert standing(Submission(text="", email="ann@example.org")).spam == 1
    assert forget_author(email="ann@example.org") == 1
    assert not Reputation.objects.exists()
