"""For whom a lock is always open, and what signing in does to what a guest has opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in
from django.test import Client
from django.utils import timezone

from smo_kit.core.identities import of_member
from smo_kit.core.visitors import Visitor
from smo_kit.lock.joining import _open_for_member
from smo_kit.lock.models import Opening, Spot
from smo_kit.lock.opening import begin, is_open, openers_of
from smo_kit.lock.rendering import mark_of
from smo_kit.lock.terms import forget, terms_of
from tests.apps.lock.opening.conftest import is_open_to, look, openings, press, request_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def test_it_is_closed_to_strangers_and_to_members(client, signed_in, lock, ref):
    assert not is_open_to(Client(), ref)
    assert not is_open_to(signed_in, ref)


def test_it_is_open_to_members_where_the_owner_says_so(signed_in, set_terms, ref):
    set_terms(open_for=["members"])
    assert is_open_to(signed_in, ref)
    assert not is_open_to(Client(), ref)


def test_it_is_open_to_members_of_the_groups_that_access_names(signed_in, member, set_terms, ref, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"groups": ["friends"]}}
    set_terms(open_for=["groups"])
    assert not is_open_to(signed_in, ref)
    member.groups.add(Group.objects.create(name="friends"))
    assert is_open_to(signed_in, ref)


def test_it_is_open_to_who_may_change_the_page(signed_in, member, lock, ref):
    member.user_permissions.add(Permission.objects.get(codename="change_post"))
    assert is_open_to(signed_in, ref)


def test_it_is_open_to_who_has_written_the_page(signed_in, member, lock, ref, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Post.objects.update(author=member)
        Post.objects.get().save()
    assert is_open_to(signed_in, ref)


def test_it_is_closed_to_editors_where_the_owner_says_so(signed_in, member, set_terms, ref):
    member.user_permissions.add(Permission.objects.get(codename="change_post"))
    set_terms(open_for=[])
    assert not is_open_to(signed_in, ref)


@pytest.mark.parametrize(("starts", "ends", "is_open"), [(1, None, True), (-1, 1, False), (None, -1, True)])
def test_it_is_open_to_everybody_outside_of_its_dates(lock, ref, starts, ends, is_open):
    day = dt.timedelta(days=1)
    lock.starts = timezone.now() + starts * day if starts else None
    lock.ends = timezone.now() + ends * day if ends else None
    lock.save()
    forget(lock)
    assert is_open_to(Client(), ref) is is_open


def test_a_stranger_is_told_without_a_query(client, lock, ref, django_assert_num_queries):
    request = request_of(client)
    terms_of(ref)
    with django_assert_num_queries(0):
        assert not is_open(request, ref, terms_of(ref))


def test_what_a_guest_has_opened_is_the_members(client, address, ref, member, later):
    press(client, address)
    later(30)
    look(client, address)
    client.force_login(member)
    user_logged_in.send(sender=type(member), request=_request(client, member), user=member)
    row = Opening.objects.get()
    assert (row.opener, row.user) == (of_member(member.pk)[0], member)
    other = Client()
    other.force_login(member)
    assert is_open_to(other, ref)


def test_of_two_openings_the_longer_one_is_left(client, address, ref, lock, member):
    now = timezone.now()
    press(client, address)
    mine, theirs = of_member(member.pk)[0], Opening.objects.get()
    for days_of_member, days_of_guest, left in ((5, 3, 5), (3, 5, 5), (None, 5, None), (5, None, None)):
        Opening.objects.all().delete()
        for opener, days in ((mine, days_of_member), (theirs.opener, days_of_guest)):
            until = now + dt.timedelta(days=days) if days else None
            Opening.objects.create(lock=lock, opener=opener, way="wait", tried=now, opened=now, until=until)
        _come_in(client, member)
        row = Opening.objects.get()
        assert row.opener == mine
        assert row.until == (now + dt.timedelta(days=left) if left else None)


def test_a_wait_that_a_guest_has_begun_goes_on_when_he_signs_in(client, address, ref, member, later):
    press(client, address)
    later(20)
    _come_in(client, member)
    client.force_login(member)
    assert look(client, address)["seconds"] == 10


def test_signing_in_opens_and_is_counted_once(client, address, ref, set_terms, member, monkeypatch):
    set_terms(ways=["sign_in"])
    said = press(client, address, "sign_in")
    assert (said["state"], said["where"]) == ("go", f"/smo/login/?next=%2Fposts%2Fbridges%2F%23{mark_of(ref)}")
    assert openings() == [("sign_in", "", False)]
    told = []
    monkeypatch.setattr("smo_kit.lock.opening.record", lambda kind, key, **words: told.append((kind, words["facet"])))
    _come_in(client, member)
    _come_in(client, member)
    assert openings() == [("sign_in", "", True)]
    assert told == [("unlocked", "sign_in")]
    client.force_login(member)
    assert is_open_to(client, ref)


def test_who_came_in_by_himself_finds_it_open_too(signed_in, set_terms, ref):
    set_terms(ways=["sign_in"])
    assert is_open_to(signed_in, ref)
    assert not Opening.objects.exists()


def test_who_pressed_another_button_has_not_opened_it_by_signing_in(client, address, member, ref):
    press(client, address)
    _come_in(client, member)
    assert openings() == [("wait", "", False)]


def test_it_opens_where_another_of_its_places_opens_otherwise(client, ref, lock, member):
    Spot.objects.all().delete()
    places = [({"ways": ["wait"]}, "lead"), ({"ways": ["sign_in"]}, "body"), ({"ways": ["wait"]}, "lead")]
    for options, where in places:
        terms_of(replace(ref, where=where), options)
        forget(lock)
    visitor = Visitor("c" * 32, member.pk)
    begin(visitor, terms_of(ref), "sign_in")
    _open_for_member(_request(client, member), visitor)
    assert Opening.objects.get(way="sign_in").opened is not None


def test_nothing_of_it_keeps_anybody_from_coming_in(client, address, member, monkeypatch, caplog):
    press(client, address)

    def fail(*args):
        raise RuntimeError("away")

    monkeypatch.setattr("smo_kit.lock.joining.join", fail)
    _come_in(client, member)
    assert "can't be made his account's" in caplog.text


def test_the_keys_of_the_site_may_change(client, address, ref, settings, later):
    press(client, address)
    later(30)
    look(client, address)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert is_open_to(client, ref)


def test_a_visitor_without_key_and_account_can_open_nothing(lock, ref):
    assert openers_of(Visitor("")) == []
    with pytest.raises(ValueError, match="without a key"):
        begin(Visitor(""), terms_of(ref), "wait")


def _request(client, user):
    request = request_of(client)
    request.user = user
    return request


def _come_in(client, member):
    user_logged_in.send(sender=type(member), request=_request(client, member), user=member)
