"""What ``smo_sync`` throws away of personal links."""

from __future__ import annotations

import pytest

from smo_kit.core.models import CardRow
from smo_kit.core.sweeps import run_sweeps
from smo_kit.share.models import Fetch, PersonalLink, Visit
from smo_kit.share.sweeps import UNUSED_DAYS, forget_links_of_gone, forget_old_visits, forget_unused_links
from tests.apps.share.shared import ago, article, come, fetched, link_to
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return link_to(article())


def test_old_fetches_and_visits_go_and_the_counts_stay(link):
    come(link, 3, days=91)
    come(link, 1, days=89)
    fetched(link, days=91)
    fetched(link, days=89)
    assert forget_old_visits() == 4
    assert (Visit.objects.count(), Fetch.objects.count()) == (1, 1)
    assert PersonalLink.objects.get().visits == 4


def test_the_owner_says_for_how_long(link, share):
    share(keep_days=200)
    come(link, 1, days=150)
    assert forget_old_visits() == 0


def test_another_sites_are_left_to_its_own_settings():
    come(link_to(article(), site_id=2), 1, days=91)
    assert forget_old_visits() == 0


def test_a_link_that_brought_nobody_goes_after_a_year():
    page = article()
    link_to(page, guest=1, days=UNUSED_DAYS + 1)
    kept = {
        link_to(page, guest=2, days=UNUSED_DAYS - 1),
        link_to(page, guest=3, days=UNUSED_DAYS + 1, visits=1),
        link_to(page, guest=4, opened=None),
    }
    assert forget_unused_links() == 1
    assert set(PersonalLink.objects.all()) == kept


def test_one_that_never_went_out_goes_a_year_after_it_was_made():
    link = link_to(article(), opened=None)
    PersonalLink.objects.filter(pk=link.pk).update(made=ago(UNUSED_DAYS + 1))
    assert forget_unused_links() == 1


def test_a_deleted_pages_links_go_with_all_that_hangs_on_them(link):
    page = article()
    other = link_to(page, visits=2)
    fetched(other)
    Post.objects.filter(pk=page.pk).delete()
    CardRow.objects.filter(object_pk=page.pk).delete()
    assert forget_links_of_gone() == 1
    assert PersonalLink.objects.get() == link
    assert not Visit.objects.exists()
    assert not Fetch.objects.exists()


def test_a_page_that_is_only_hidden_keeps_them():
    page = article()
    link_to(page)
    page.is_public = False
    page.save()
    CardRow.objects.all().delete()
    assert forget_links_of_gone() == 0


def test_they_are_run_by_smo_sync():
    assert {"links of deleted pages", "links that brought nobody", "visits by personal links"} <= set(run_sweeps())
