"""What most pages have in common is no reason to read one of them."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from smo_kit.best.models import Tagged
from smo_kit.best.order.common import common
from smo_kit.best.order.ranking import rank
from smo_kit.best.suggestions import AUTHOR, TAGS, TEXT
from tests.apps.best.shelf import a_card, alike, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    """Eight pages of the editors, all with one tag; two of Ada, of which one has another tag too."""
    cache.clear()
    pages = [a_card(f"page{n}", author="The editors", tags=["News"]) for n in range(8)]
    pages.append(a_card("hers", author="Ada", tags=["News", "Bridges"]))
    pages.append(a_card("other", author="Ada", tags=["News"]))
    for page in pages:
        Tagged.objects.bulk_create(Tagged(card=page, tag=tag.casefold()) for tag in page.tags)
    return {page.title: page for page in pages}


def test_most_pages_author_and_tag_are_common():
    assert common().authors == {("en", "The editors")}
    assert common().tags == {("en", "news")}


def test_they_are_no_reason(site):
    alike(site["page0"], {site["page1"]: 0.3, site["hers"]: 0.2})
    rank([site["page0"].pk])
    said = reasons(site["page0"])
    assert (said["page1"][0], said["hers"][0]) == (TEXT, TEXT)


def test_a_rare_author_or_tag_is(site):
    bridge = a_card("bridge", author="Bob", tags=["Bridges"])
    alike(site["hers"], {site["other"]: 0.3, bridge: 0.2})
    rank([site["hers"].pk])
    said = reasons(site["hers"])
    assert (said["other"], said["bridge"]) == ((AUTHOR, "Ada"), (TAGS, "Bridges"))


def test_of_three_pages_only_what_all_have_is_common():
    for name, author in (("один", "Ада"), ("два", "Ада"), ("три", "Боб")):
        a_card(name, author=author, language="ru")
    a_card("eins", author="Ada", language="de")
    assert common().authors == {("en", "The editors"), ("de", "Ada")}


def test_it_is_asked_once(django_assert_num_queries):
    common()
    with django_assert_num_queries(0):
        common()
