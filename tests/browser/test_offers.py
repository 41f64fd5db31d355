"""What the magazine offers at the end of an article, to somebody who scrolls down and presses."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.kinds import page_of

SHIFTED = """() => new Promise(tell => {
    const entries = []
    new PerformanceObserver(list => entries.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
    const moved = one => one.sources.some(({node}) => node?.parentElement?.closest(".smo-best"))
    setTimeout(() => tell(entries.filter(moved).reduce((sum, one) => sum + one.value, 0)), 300)
})"""
"""How far parts of a block have moved by themselves: 0 is not at all."""


def test_nothing_moves_when_its_pictures_arrive(open_page, demo):
    page = open_page(page_of(demo, "article", "en"), width=360)
    page.locator(".smo-best-next li").last.scroll_into_view_if_needed()
    expect(page.locator(".smo-best-next img").last).to_have_js_property("complete", True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTED) == 0


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


def test_the_strip_asks_for_its_own_width(open_page, demo):
    page = open_page(page_of(demo, "article", "en"), width=1280)
    strip = page.locator(".smo-best-next")
    columns = "one => getComputedStyle(one.querySelector('ul')).gridTemplateColumns.split(' ').length"
    assert strip.evaluate(columns) == 2
    strip.evaluate("one => { one.parentElement.style.width = '24em' }")
    assert strip.evaluate(columns) == 1


def test_a_finger_hits_the_buttons_of_the_desk(open_page, demo):
    page = open_page("/admin/login/?next=/admin/smo_best/curation/", width=360)
    for field, value in zip(("username", "password"), demo.account, strict=True):
        page.fill(f"input[name={field}]", value)
    page.click("[type=submit]")
    page.locator(".smo-desk-table tbody th a").first.click()
    expect(page.locator(".smo-desk-do").first).to_be_visible()
    heights = page.locator(".smo-desk :is(button, .smo-desk-page)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 4
    assert min(heights) >= 44
