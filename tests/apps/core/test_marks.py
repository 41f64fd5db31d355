"""Marks of addresses and accounts: what is in the tables of a site must be found for ever."""

from __future__ import annotations

import pytest

from smo_kit.comments.people import marks_of, person_of
from smo_kit.core.emails import spellings
from smo_kit.core.marks import mark, marks
from smo_kit.core.people import Person
from smo_kit.mail.addresses import marks as mail_marks
from smo_kit.spam.models import Reputation
from smo_kit.spam.reputation import about_author
from smo_kit.spam.services import Submission, ban, standing

ANN = "Ann@Example.org"
IDN = "Ann@Пример.рф"


@pytest.fixture
def key(settings):
    """The key that the marks below were made with, before one function made them all."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "for marks", []
    settings.SMO_KIT = {"MAIL": {"suppression_key": "own"}}


def test_marks_that_are_kept_are_made_as_they_always_were(key, db):
    assert mail_marks(ANN) == ["1b14eb3a72276f2a63bd15e2adfea229", "8b83baa1390a6ca304f40fd4e593e3a8"]
    assert mail_marks(IDN) == ["343e544f183a36cf58bb5fae48db8d1b", "8e23829d6c35487b90343ff137117175"]
    assert Person(ANN).mark.startswith("98bb7b5eb7b7f632")
    assert person_of(email=ANN).startswith("47e9ebecf916982e")
    assert person_of(user_id=7) == "752e7b26835dbd118410f1d2b912f9083eb32a148cc5dc37491f11cffab0dc6d"


def test_those_of_domains_in_other_letters_are_found_too(key):
    assert {one[:16] for one in marks_of(email=IDN)} >= {"c8e46402b8164571"}
    assert person_of(email=IDN) == person_of(email="ann@xn--e1afmkfd.xn--p1ai")
    assert Person(IDN).mark == Person("ann@xn--e1afmkfd.xn--p1ai").mark


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (ANN, "4a117d1cec4f94fcd36b9393721679460afa69bcf3ea71db5471a6e39dc9a038"),
        (IDN, "0bb991278b17266a921832719af96dcea64a2e93e37a6fed9d10cbd3fce4a712"),
    ],
)
def test_reputations_of_earlier_versions_are_found_changed_and_erased(key, db, address, who):
    Reputation.objects.create(who=who, banned=True)
    author = Submission(text="", email=address)
    assert standing(author).banned
    ban(author, yes=False)
    assert not standing(author).banned
    about_author(email=address).delete()
    assert not Reputation.objects.exists()


def test_a_ban_is_lifted_whatever_key_its_mark_was_made_with(settings, db):
    author = Submission(text="", email=ANN, user_id=7)
    ban(author)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    ban(author, yes=False)
    assert not standing(author).banned


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (" Ann+x@Example.org\n", ["ann+x@example.org"]),
        ("Ann@Пример.рф", ["ann@xn--e1afmkfd.xn--p1ai", "ann@пример.рф"]),
        ("Straße@example.org", ["strasse@example.org", "straße@example.org"]),
        ("No Address", ["no address"]),
        ("ann@\ud800.org", ["ann@\ud800.org"]),
        ("  ", []),
    ],
)
def test_the_spellings_of_an_address(address, found):
    assert spellings(address) == found


def test_each_purpose_and_key_has_marks_of_its_own(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    found = marks("a", "x", key="own")
    assert len({*found, mark("b", "x")}) == 4
    assert found[1:] == marks("a", "x")
    assert mark("a", "x") == found[1]


def test_nobody_has_no_mark():
    assert person_of() == person_of(email=" ") == ""
    assert not marks_of()
