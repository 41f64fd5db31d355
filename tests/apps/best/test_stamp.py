"""What has vanished, or was chosen, is in no kept block from the commit on; a page that is saved throws none away."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction

from smo_kit.best.models import Choice, Curation, Pick, Score, Text
from smo_kit.best.order.picks import renew_offered
from smo_kit.best.scores.renewing import renew_scores
from smo_kit.best.stamp import bump, stamp
from smo_kit.core.models import CardRow
from smo_kit.core.rows import renew_by_id
from smo_kit.core.subjects import key_of
from smo_kit.engagement.models import Count
from tests.apps.best.scored import VIEWS, done
from tests.apps.best.shown import beside, page, shown, titles
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """``with commit(): …``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def tea() -> Post:
    return beside(page("tea"), page("mint"), page("rum"))


def pick(row: CardRow, verb: str, **columns) -> Pick:
    return Pick.objects.create(**row.key.fields, verb=verb, **columns)


@pytest.mark.parametrize("vanish", ["unpublished", "deleted"])
def test_a_page_that_vanished_is_in_no_block(vanish, tea, commit):
    assert titles(shown("smo_related post", post=tea)) == ["Mint", "Rum"]
    mint = Post.objects.get(slug="mint")
    with commit():
        if vanish == "deleted":
            mint.delete()
        else:
            Post.objects.filter(pk=mint.pk).update(is_public=False)
            renew_by_id.func(key_of(mint).content_type_id, str(mint.pk))
    assert "Mint" not in titles(shown("smo_related post", post=tea))


def test_a_page_that_is_saved_throws_no_block_away(tea, commit):
    before = stamp()
    with commit():
        tea.title = "Green tea"
        tea.save()
    assert stamp() == before


def test_many_pages_that_vanish_are_told_once(tea, commit, monkeypatch):
    told = []
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: told.append(args))
    with commit():
        CardRow.objects.all().delete()
    assert len(told) == 1


def test_what_is_undone_with_a_savepoint_keeps_no_other_from_being_told(commit):
    before = stamp()
    with commit():
        bump()
        try:
            with transaction.atomic():
                bump()
                raise ValueError
        except ValueError:
            pass
    assert stamp() > before


@pytest.mark.parametrize("verb", ["pick", "never"])
def test_a_pick_that_is_made_by_a_program_is_told(verb, tea, commit):
    before = stamp()
    with commit():
        made = pick(CardRow.objects.get(title="Mint"), verb)
    between = stamp()
    assert between > before
    with commit():
        made.delete()
    assert stamp() > between


def test_a_choice_that_is_made_by_a_program_is_told(tea, commit):
    row = CardRow.objects.get(title="Tea")
    with commit():
        curation = Curation.objects.create(**row.key.fields)
    first = stamp()
    assert first
    with commit():
        Choice.objects.create(curation=curation, verb="pin", **CardRow.objects.get(title="Rum").key.fields)
    assert stamp() > first


def test_a_pick_whose_day_has_come_is_told_once(tea, commit):
    pick(CardRow.objects.get(title="Mint"), "never")
    Text.objects.update(offered=True)
    with commit():
        assert renew_offered() == 1
    first = stamp()
    assert first
    with commit():
        assert renew_offered() == 0
    assert stamp() == first


def test_the_first_scores_of_a_site_are_shown_at_once_and_later_ones_wait(tea, commit):
    row = CardRow.objects.get(title="Mint")
    done(row, VIEWS, 9)
    with commit():
        assert renew_scores()
    first = stamp()
    assert first
    assert Score.objects.exists()
    Count.objects.update(n=20)
    with commit():
        assert renew_scores()
    assert stamp() == first
