"""What is kept of who shares, told to him and erased."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from smo_kit.core.identities import ERASED
from smo_kit.core.people import erase, export, holders, person_at
from smo_kit.share.models import PersonalLink
from smo_kit.share.reports import spreaders
from tests.apps.share.shared import article, fetched, link_to, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return member()


@pytest.fixture
def person(ada):
    return person_at("ada@example.org")


def test_there_is_a_holder():
    assert "share" in [one.id for one in holders()]


def test_he_is_told_what_he_shared_and_when_others_came(person, ada):
    link = link_to(article(), user=ada, visits=2, times=4)
    link_to(article(), guest=1, visits=1)
    (found,) = export(person)["share"]["shares"]
    assert found["page"].startswith("/posts/page-")
    assert (found["network"], found["times"], found["visitors"], found["link"]) == ("telegram", 4, 2, link.token)
    assert found["visits"] == list(link.visitors.order_by("pk").values_list("at", flat=True))
    assert found["opened"] == link.opened


def test_nothing_of_his_visitors_is_told(person, ada):
    link = link_to(article(), user=ada, visits=1)
    fetched(link)
    told = repr(export(person)["share"])
    assert link.visitors.get().who not in told
    assert "TelegramBot" not in told


def test_erased_he_is_nobody_and_the_counts_stay(person, ada):
    links = [link_to(article(), user=ada, visits=2, home="here") for _one in range(2)]
    marks = {link.sharer for link in links}
    assert erase(person)["share"] == {"shares": 2}
    left = PersonalLink.objects.all()
    assert {(link.user, link.home, link.visits) for link in left} == {(None, "", 2)}
    assert len({link.sharer for link in left} - marks) == 2
    assert {link.token for link in left} == {link.token for link in links}
    assert export(person)["share"]["shares"] == []
    assert spreaders(None, 10) == []


def test_a_deleted_account_leaves_no_mark_of_itself(ada):
    mine, guests = link_to(article(), user=ada, visits=2, home="here"), link_to(article(), guest=1, visits=1)
    ada.delete()
    left = PersonalLink.objects.get(token=mine.token)
    assert (left.user, left.home, left.visits) == (None, "", 2)
    assert left.sharer.startswith(ERASED)
    assert [one.guest for one in spreaders(None, 10)] == [guests.sharer]


def test_so_do_many_that_are_deleted_at_once(ada):
    link_to(article(), user=ada)
    link_to(article(), user=member("bob"))
    get_user_model().objects.all().delete()
    assert all(one.sharer.startswith(ERASED) for one in PersonalLink.objects.all())


def test_a_link_whose_account_is_not_written_down_is_his_too(person, ada):
    link = link_to(article(), user=ada)
    PersonalLink.objects.filter(pk=link.pk).update(user=None)
    assert erase(person)["share"] == {"shares": 1}


def test_trying_it_changes_nothing(person, ada):
    link_to(article(), user=ada)
    assert erase(person, is_dry=True)["share"] == {"shares": 1}
    assert PersonalLink.objects.get().user == ada


def test_two_of_the_same_page_can_be_erased(person, ada):
    page, bob = article(), member("bob")
    link_to(page, user=ada)
    link_to(page, user=bob)
    erase(person)
    erase(person_at("bob@example.org"))
    assert PersonalLink.objects.filter(user=None).count() == 2
