"""Search engines are told which part of a page is not free, as long as it is not; and a check says what locks need."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from smo_kit.core import registrations
from smo_kit.core.subjects import key_of
from smo_kit.lock.models import Lock, Spot
from tests.blog.models import Post

PART = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".smo-lock-part"}


@pytest.fixture
def post(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone")


def lock_on(post, language="en", source="view", **values):
    key = key_of(post)
    lock = Lock.objects.create(content_type_id=key.content_type_id, object_pk=key.object_pk, name=source, **values)
    Spot.objects.create(lock=lock, language=language, source=source, where="/posts/bridges/")
    return lock


def article(post):
    source = engines["django"].from_string("{% load smo %}{% smo_head object %}")
    html = source.render({"object": post}, RequestFactory().get("/posts/bridges/"))
    graph = json.loads(BeautifulSoup(html, "html.parser").find("script", type="application/ld+json").text)["@graph"]
    return next(one for one in graph if one["@type"] == "Article")


def is_told(post):
    node = article(post)
    assert (node.get("isAccessibleForFree") is False) == (node.get("hasPart") == PART)
    return "hasPart" in node


def test_a_page_without_locks_is_free(post):
    assert not is_told(post)


def test_a_locked_page_is_not(post):
    assert not is_told(post)
    lock_on(post)
    assert is_told(post)


def test_a_lock_that_is_off_or_gone_is_not_told(post):
    lock = lock_on(post)
    assert is_told(post)
    lock.is_on = False
    lock.save()
    assert not is_told(post)
    lock.is_on = True
    lock.save()
    assert is_told(post)
    lock.delete()
    assert not is_told(post)


def test_a_lock_is_told_while_it_is_closed(post, monkeypatch):
    now = timezone.now()
    lock_on(post, starts=now + timezone.timedelta(hours=1), ends=now + timezone.timedelta(hours=2))
    told = []
    for minutes in (0, 60, 90, 120):
        moment = now + timezone.timedelta(minutes=minutes)
        monkeypatch.setattr("smo_kit.lock.head.timezone.now", lambda moment=moment: moment)
        told.append(is_told(post))
    assert told == [False, True, True, False]


def test_a_lock_of_another_language_says_nothing_here(post):
    lock_on(post, language="ru")
    assert not is_told(post)


def test_a_file_is_no_part_of_its_page(post):
    lock_on(post, source="file")
    assert not is_told(post)


def test_it_asks_no_query_once_it_is_known(post, django_assert_num_queries):
    lock_on(post)
    article(post)
    with django_assert_num_queries(0):
        assert is_told(post)


def test_the_site_s_own_word_that_a_page_is_not_free_holds(post, monkeypatch):
    registration = registrations.registration_of(Post)
    locked = replace(registration, card=lambda obj: replace(registration.card(obj), free=False))
    monkeypatch.setitem(registrations._registrations, Post, locked)
    assert article(post)["isAccessibleForFree"] is False
    lock_on(post)
    assert article(post)["hasPart"] == PART


def test_a_check_asks_for_the_request(settings):
    call_command("check", "--tag", "smo_kit")
    template = {**settings.TEMPLATES[0], "OPTIONS": {"context_processors": []}}
    settings.TEMPLATES = [template]
    with pytest.raises(SystemCheckError, match=r"smo_kit\.E801[\s\S]*context_processors") as found:
        call_command("check", "--tag", "smo_kit")
    assert "Add 'django.template.context_processors.request'" in str(found.value)


PAGE = (
    "{% load smo %}<head>{% smo_head object %}</head>"
    "{% smo_lock object 'more' field='body' %}{% endsmo_lock %}"
    "{% smo_lock object 'rest' field='body' %}{% endsmo_lock %}"
)


def blocks_of(post):
    html = engines["django"].from_string(PAGE).render({"object": post}, RequestFactory().get("/posts/bridges/"))
    found = BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json")
    return [json.loads(one.text) for one in found]


def test_the_first_showing_of_a_lock_says_it_once_below_of_the_same_article(post):
    head, late = blocks_of(post)
    first = next(one for one in head["@graph"] if one["@type"] == "Article")
    assert "isAccessibleForFree" not in first
    assert late == {"@context": "https://schema.org", **first, "isAccessibleForFree": False, "hasPart": PART}


def test_from_the_second_showing_on_the_head_says_it_alone_and_no_query_is_asked(post, django_assert_num_queries):
    for _ in range(2):
        blocks_of(post)
    with django_assert_num_queries(0):
        (head,) = blocks_of(post)
    assert next(one for one in head["@graph"] if one["@type"] == "Article")["hasPart"] == PART


def test_a_new_lock_that_is_not_closed_yet_is_not_told(post, set_lock):
    blocks_of(post)
    Lock.objects.update(is_on=False)
    for lock in Lock.objects.all():
        lock.save()
    assert "hasPart" not in json.dumps(blocks_of(post))
