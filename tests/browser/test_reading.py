"""A reader's way from page to page, in a real browser, and what of it is in the database: sums, and nothing of him."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from smo_kit.best.kinds import CLICKED, READ
from smo_kit.best.models import Offer, Pair
from smo_kit.engagement.services import total
from tests.blog.models import Post
from tests.browser import reading_site
from tests.chromium import launched

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
"""Chromium itself says that it has no head, as robots do; what Playwright sets instead is not said by a last beacon."""


@pytest.mark.urls("tests.browser.reading_site")
def test_what_is_read_and_followed_is_counted_without_a_cookie(live_server):
    arch, bridge, castle = (Post.objects.create(slug=name, title=name.title()) for name in ("arch", "bridge", "castle"))

    with launched(f"--user-agent={READER}") as browser:  # ends before the database: Django refuses it beside its loop
        context = browser.new_context(base_url=live_server.url)
        page = context.new_page()
        page.clock.install()
        page.goto("/posts/arch/")
        page.clock.run_for(20_000)
        page.locator("section >> nth=0").get_by_role("link", name="Castle").click()
        expect(page.get_by_role("heading", name="Castle")).to_be_visible()
        first = reading_site.told.get(timeout=30)
        page.clock.run_for(30_000)
        page.goto("/quiet/")
        second = reading_site.told.get(timeout=30)
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        cookies = context.cookies()

    assert [(status, sent) for status, _, sent in (first, second)] == [(204, ""), (204, "")]
    assert (cookies, kept) == ([], [0, 1, ""])
    assert total(arch, READ.id) == int(first[1]["s"]) >= 20
    assert total(castle, READ.id) == int(second[1]["s"]) >= 30
    pair = Pair.objects.get()
    assert ({pair.first_pk, pair.second_pk}, pair.n) == ({str(arch.pk), str(castle.pk)}, 1)
    seen = Offer.objects.order_by("page_pk", "position").values_list("block", "shown_pk", "shown", "clicked")
    assert sorted(seen.filter(page_pk=str(arch.pk))) == [
        ("related:cards", str(bridge.pk), 1, 0),
        ("related:cards", str(castle.pk), 1, 1),
    ]
    assert set(Offer.objects.values_list("block", flat=True)) == {"related:cards"}
    assert (total(castle, CLICKED.id, facet="related:cards"), total(bridge, CLICKED.id, facet="related:cards")) == (
        1,
        0,
    )
