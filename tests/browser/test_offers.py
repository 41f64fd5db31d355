"""What the magazine offers at the end of an article, to somebody who scrolls down and presses."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.kinds import page_of

SHIFTED = """() => new Promise(tell => {
    const entries = []
    new PerformanceObserver(list => entries.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
    setTimeout(() => tell(entries.reduce((sum, one) => sum + one.value, 0)), 300)
})"""
"""How far things on the page have moved by themselves: 0 is not at all."""


def test_nothing_moves_when_its_pictures_arrive(open_page, demo):
    page = open_page(page_of(demo, "article", "en"), width=360)
    page.locator(".smo-best-next li").last.scroll_into_view_if_needed()
    expect(page.locator(".smo-best-next img").last).to_have_js_property("complete", True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTED) < 0.01


def test_a_press_anywhere_on_a_page_leads_to_it(open_page, demo):
    page = open_page(page_of(demo, "article", "ru"))
    row = page.locator(".smo-best-next li").first
    address = row.locator("a").get_attribute("href")
    row.locator("img").scroll_into_view_if_needed()
    box = row.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page).to_have_url(demo.url + address)


def test_every_reader_is_offered_pages_of_his_language(demo):
    for language in ("en", "ru"):
        links = [
            link["href"]
            for kind in ("home", "article")
            for link in demo.page(page_of(demo, kind, language)).soup.select(".smo-best a")
        ]
        assert len(links) > 8
        assert all(link.startswith(f"/{language}/") for link in links)


def test_an_article_does_not_offer_itself(demo):
    path = page_of(demo, "article", "en")
    assert path not in [link["href"] for link in demo.page(path).soup.select(".smo-best a")]
