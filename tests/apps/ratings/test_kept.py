"""What is kept: of a person, of a deleted page, of what was taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from smo_kit.core.identities import ERASED
from smo_kit.core.people import Erasure, erase, export, holders, person_of
from smo_kit.core.subjects import key_of
from smo_kit.core.sweeps import run_sweeps
from smo_kit.core.visitors import Visitor
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import rate, summary_of, unrate
from tests.apps.ratings.conftest import guest
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(page, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.save()  # its snapshot is made
    rate(page, "4", Visitor("a" * 32, member.pk))
    rate(page, "2", guest(1))
    return page


def test_a_person_sees_what_he_gave(rated, member):
    (one,) = export(person_of(member))["ratings"]["ratings"]
    assert (one["page"], one["kind"], one["value"]) == (rated.get_absolute_url(), "stars", "4")


def test_what_is_erased_stays_counted_under_no_name(rated, member):
    erase(person_of(member))
    assert export(person_of(member))["ratings"]["ratings"] == []
    assert summary_of(rated).figures() == (2, 6, {"4": 1, "2": 1})


def test_a_deleted_account_leaves_no_mark(rated, member):
    member.delete()
    assert summary_of(rated).figures() == (2, 6, {"4": 1, "2": 1})
    assert Rating.objects.filter(voter__startswith=ERASED).count() == 1


def test_of_what_he_took_back_nothing_stays(rated, member):
    unrate(rated, Visitor("a" * 32, member.pk))
    erase(person_of(member))
    assert Rating.objects.count() == 1


def test_ratings_are_among_the_holders():
    (holder,) = [one for one in holders() if one.id == "ratings"]
    assert holder.erase(person_of_nobody(), Erasure()) == {"ratings": 0}


def person_of_nobody():
    from smo_kit.core.people import Person

    return Person("")


def test_a_deleted_page_takes_its_ratings_along(rated):
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    rate(other, "5", guest(1))
    rated.delete()
    assert list(Rating.objects.values_list("object_pk", flat=True)) == [str(other.pk)]
    assert Summary.objects.get().key == key_of(other)


def test_what_was_deleted_past_django_is_swept(rated):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Post._meta.db_table} WHERE id = %s", [rated.pk])
    call_command("smo_sync", verbosity=0)  # drops the snapshot, then sweeps
    assert not Rating.objects.exists()
    assert not Summary.objects.exists()


def test_ratings_that_nobody_counts_are_swept_with_their_page(rated):
    Post.objects.filter(pk=rated.pk)._raw_delete("default")
    Summary.objects.all().delete()
    call_command("smo_sync", verbosity=0)
    assert not Rating.objects.exists()


def test_what_is_there_is_not_swept(rated):
    assert run_sweeps()["ratings of deleted pages"] == 0
    assert Rating.objects.count() == 2


def test_ratings_of_a_model_that_is_not_installed_stay(rated):
    Rating.objects.update(content_type=ContentType.objects.create(app_label="taken_out", model="thing"))
    Summary.objects.all().delete()
    assert run_sweeps()["ratings of deleted pages"] == 0
    assert Rating.objects.count() == 2


def test_what_was_taken_back_is_forgotten_after_a_month(rated):
    unrate(rated, guest(1))
    assert run_sweeps()["ratings taken back"] == 0
    Rating.objects.filter(value="").update(changed=timezone.now() - dt.timedelta(days=31))
    assert run_sweeps()["ratings taken back"] == 1
    assert Rating.objects.count() == 1
