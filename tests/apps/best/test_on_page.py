"""A page stands in one block of a page, the first that wants it; and two blocks have no name in common."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from smo_kit.best.conf import BestConf
from smo_kit.best.services import related_to
from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.core.models import CardRow
from tests.apps.best.shown import beside, html, liked, page
from tests.blog.models import Post

pytestmark = pytest.mark.django_db
NEXT_AND_BEST = "{% load smo %}{% smo_related post limit=2 %}{% smo_best limit=3 fill=False %}"


@pytest.fixture
def tea() -> Post:
    rows = {name: page(name) for name in ("tea", "mint", "rum", "ale", "gin")}
    liked(rows["mint"], rows["rum"], rows["ale"], rows["gin"])
    return beside(rows["tea"], rows["mint"], rows["rum"])


def blocks(text: str) -> list[list[str]]:
    return [
        [link.text for link in one.select("li a")] for one in BeautifulSoup(text, "html.parser").select(".smo-best")
    ]


def rendered(source: str, rf, **context) -> str:
    return Template(source).render(Context({"request": rf.get("/about/"), **context}))


def test_what_one_block_offers_no_other_does(tea, rf):
    first, second = blocks(rendered(NEXT_AND_BEST, rf, post=tea))
    assert sorted(first) == ["Mint", "Rum"]
    assert second == ["Ale", "Gin"]


def test_who_comes_later_gets_the_same_bytes_from_what_was_kept(tea, rf):
    assert len({rendered(NEXT_AND_BEST, rf, post=tea) for _ in range(3)}) == 1


def test_a_block_that_stands_alone_is_not_changed_by_what_another_page_kept(tea, rf):
    rendered(NEXT_AND_BEST, rf, post=tea)
    assert blocks(html("smo_best limit=3 fill=False")) == [["Mint", "Rum", "Ale"]]


def test_what_is_related_leaves_out_what_the_best_have_shown(tea, rf):
    source = "{% load smo %}{% smo_best limit=1 fill=False %}{% smo_related post fill=False %}"
    assert blocks(rendered(source, rf, post=tea)) == [["Mint"], ["Rum"]]


def test_a_block_may_become_empty(tea, rf):
    source = "{% load smo %}{% smo_best fill=False %}{% smo_related post fill=False %}"
    assert blocks(rendered(source, rf, post=tea)) == [["Mint", "Rum", "Ale", "Gin"]]


def test_new_pages_that_fill_up_are_not_there_yet_either(rf):
    tea = beside(page("tea"))
    for name in ("mint", "rum", "ale"):
        page(name)
    source = '{% load smo %}{% smo_best period="new" limit=2 %}{% smo_related post limit=3 %}'
    first, second = blocks(rendered(source, rf, post=tea, object=tea))
    assert len(first) == 2
    assert len(second) == 1
    assert not {*first} & {*second}


def test_blocks_of_editors_know_of_one_another_and_of_those_of_the_template(tea, rf):
    context = {"request": rf.get("/about/"), "object": tea}
    shown = [render_block(all_blocks()[name], {"limit": 2, "fill": False}, context) for name in ("related", "best")]
    assert blocks("".join(shown)) == [["Mint", "Rum"], ["Ale", "Gin"]]


def test_what_is_kept_as_a_whole_depends_on_nothing_around_it(tea, rf):
    context = {"request": rf.get("/about/"), "object": tea}
    best = all_blocks()["best"]
    shown = [render_block(best, {"limit": 2, "fill": False}, context, within=part) for part in (None, 7, 7, 8)]
    assert blocks("".join(shown)) == [["Mint", "Rum"], ["Mint", "Rum"], ["Ale", "Gin"], ["Mint", "Rum"]]


def test_without_a_request_each_block_stands_by_itself(tea):
    source = "{% load smo %}{% smo_best limit=1 fill=False %}{% smo_best limit=1 fill=False %}"
    assert blocks(Template(source).render(Context())) == [["Mint"], ["Mint"]]


def test_no_language_of_what_is_there_is_offered(tea):
    row = CardRow.objects.get(title="Tea")
    mint = CardRow.objects.get(title="Mint").key.speaking("ru")
    found = related_to(row.key, BestConf(fill=False), without=[mint])
    assert [one.card.title for one in found] == ["Rum"]


def test_one_heading_names_one_region(tea, rf):
    source = (
        '{% load smo %}{% smo_best title="Ours" limit=1 fill=False %}{% smo_best title="Ours" limit=1 fill=False %}'
    )
    first, second = BeautifulSoup(rendered(source, rf), "html.parser").select("section.smo-best")
    assert first["aria-label"] == "Ours"
    assert "aria-label" not in second.attrs
    assert second.h2.text == "Ours"
