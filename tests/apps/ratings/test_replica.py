"""A site that reads from a replica: what was just given is not there yet."""

from __future__ import annotations

import pytest

from smo_kit.core.identities import of_member
from smo_kit.core.people import erase, person_of
from smo_kit.core.visitors import Visitor
from smo_kit.ratings.models import Rated
from smo_kit.ratings.people import marks_of_browser
from smo_kit.ratings.services import given_by, has_just_given, has_rated, join, rate, recount, summary_of, unrate
from tests.apps.ratings.conftest import SCRIPT, guest

pytestmark = pytest.mark.django_db


class Behind:
    """Sends who reads ratings where nothing is: to a database that there is not."""

    def db_for_read(self, model, **hints):
        return "replica" if issubclass(model, Rated) else None


@pytest.fixture
def replica(settings):
    settings.DATABASE_ROUTERS = [Behind()]


def test_what_was_given_is_known_at_once(client, page, address, replica):
    answer = client.post(address, {"rate": "4"}, headers=SCRIPT)
    assert answer.json()[3]["ariaPressed"] == "true"
    assert summary_of(page).figures() == (1, 4, {"4": 1})


def test_who_changes_his_mind_is_one_reader(page, replica):
    rate(page, "4", guest(1))
    assert rate(page, "5", guest(1)).figures() == (1, 5, {"5": 1})
    assert (given_by(page, guest(1)), has_rated(page, guest(1)), has_just_given(page, guest(1))) == ("5", True, True)
    assert unrate(page, guest(1)).count == summary_of(page).count == 0


def test_who_signs_in_or_leaves_is_found(page, member, replica):
    rate(page, "4", guest(1))
    assert join(of_member(member.pk), marks_of_browser(guest(1).key)) == 1
    assert given_by(page, Visitor("", member.pk)) == "4"
    assert erase(person_of(member))["ratings"]["ratings"] == 1
    assert given_by(page, Visitor("", member.pk)) == ""


def test_all_are_counted_anew(page, replica):
    rate(page, "4", guest(1))
    recount(summary_of(page).key, "stars")
    assert summary_of(page).figures() == (1, 4, {"4": 1})
