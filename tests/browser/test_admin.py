"""An editor's way: what is changed in the admin is on the page. Each test puts back what it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import Demo, eventually
from tests.browser.kinds import page_of

SHARE = "/admin/smo_core/settings/share/"
PAGES = "/admin/smo_core/cardrow/"


@pytest.fixture
def admin(open_page, demo) -> Page:
    """The admin, signed in with what the demo has printed."""
    name, password = demo.account
    page = open_page("/admin/login/?next=/admin/", width=1440)
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("[type=submit]")
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


def first_networks(demo: Demo, path: str) -> list[str]:
    part = demo.get(path).soup.select_one(".smo-pass.smo-inline")
    return [one["data-smo-n"] for one in part.select("[data-smo-n]")][:3]


class TestSettings:
    @pytest.fixture
    def share_tab(self, admin) -> Iterator[Page]:
        admin.goto(SHARE)
        yield admin
        admin.goto(SHARE)
        admin.click("button[name=reset]")
        expect(admin.locator(".messagelist .success")).to_be_visible()

    def test_the_order_of_networks_is_the_order_of_buttons(self, share_tab, demo):
        article = page_of(demo, "article", "en")
        before = first_networks(demo, article)
        chosen = ["telegram", "vk", "reddit"]
        for place, network in enumerate(chosen, start=1):
            share_tab.locator(f"input[name$='{network}'][type=number]").first.fill(str(place))
        share_tab.locator("[type=submit].default").click()
        expect(share_tab.locator(".messagelist .success")).to_be_visible()
        assert before != chosen
        eventually(lambda: first_networks(demo, article) == chosen)

    def test_a_wrong_value_is_explained_and_nothing_is_saved(self, share_tab, demo):
        share_tab.locator("[name=limit]").fill("-1")
        share_tab.locator("[type=submit].default").click()
        expect(share_tab.locator(".errornote").first).to_be_visible()
        expect(share_tab.locator(".errors .errorlist").first).to_contain_text("0 or more")

    def test_every_tab_opens(self, admin):
        admin.goto("/admin/smo_core/settings/")
        tabs = admin.locator(".smo-tabs a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert len(tabs) >= 4
        for tab in tabs:
            admin.goto(tab)
            expect(admin.locator(".smo-tabs [aria-current=page]")).to_be_visible()


def retitle(admin: Page, own: str, title: str) -> None:
    """Give a page another title for networks, and stay in its form."""
    admin.goto(f"{PAGES}?q={own}")
    admin.locator("#result_list a", has_text=own).first.click()
    admin.fill("[name=title]", title)
    admin.locator("[type=submit].default, [name=_save]").first.click()
    expect(admin.locator(".messagelist .success")).to_be_visible()


class TestPages:
    def test_an_editors_words_are_what_networks_see(self, admin, demo):
        article = page_of(demo, "article", "en")
        own = demo.get(article).meta("og:title")
        retitle(admin, own, "Words of an editor")
        try:
            eventually(lambda: demo.get(article).meta("og:title") == "Words of an editor")
            assert demo.get(article).soup.h1.text.strip() == own
            assert demo.get(page_of(demo, "article", "ru")).meta("og:title") != "Words of an editor"
        finally:
            admin.click("[name=clear]")
        eventually(lambda: demo.get(article).meta("og:title") == own)

    def test_the_list_knows_every_page_in_both_languages(self, admin, demo):
        admin.goto(PAGES)
        total = int(re.search(r"\d+", admin.locator(".paginator").inner_text()).group())
        assert total >= len(demo.articles("en")) + len(demo.articles("ru"))


def test_an_editors_own_reading_is_not_counted_and_his_page_is_like_any_other(admin, demo):
    """The page that a signed-in reader gets is the one that everybody gets, but for the toolbar of the CMS's own."""
    path = page_of(demo, "article", "en")
    assert admin.request.get(path).body() == demo.get(path).body


class TestAudit:
    @pytest.fixture
    def loud(self, admin, demo) -> Iterator[str]:
        """The path of an article whose title shouts, and the admin in its form."""
        path = page_of(demo, "article", "en")
        own = demo.get(path).meta("og:title")
        retitle(admin, own, "Read this at once!!")
        form = admin.url
        eventually(lambda: "!!" in demo.get(path).meta("og:title"))
        yield path
        admin.goto(form)
        if admin.locator("[name=clear]").count():
            admin.click("[name=clear]")
        eventually(lambda: demo.get(path).meta("og:title") == own)

    def test_leads_from_what_is_wrong_to_where_it_is_mended(self, admin, loud):
        admin.goto("/admin/")
        admin.get_by_role("link", name="Audit", exact=True).first.click()
        admin.get_by_role("button", name="Audit the site now").click()
        score = admin.locator(".smo-audit-number strong")
        score.wait_for(timeout=60_000)
        assert 0 < int(score.inner_text()) <= 100
        step = admin.locator(".smo-audit-step").first
        step.locator("summary").click()
        expect(step.locator("li").first).to_be_visible()

        page = admin.locator(".smo-audit-page", has=admin.locator(f'a[href="{loud}"]'))
        expect(page).to_contain_text("The title shouts: “Read this at once!!”.")
        admin.set_extra_http_headers({"Accept-Language": "ru"})
        admin.reload()
        expect(page).to_contain_text("«Read this at once!!»")
        page.locator(".smo-audit-cure a").first.click()
        expect(admin.locator("[name=title]")).to_have_value("Read this at once!!")

    def test_looks_at_one_page(self, admin, loud):
        admin.goto("/admin/smo_core/audit/")
        admin.get_by_label("One page:").fill(loud)
        admin.get_by_role("button", name="Audit", exact=True).click()
        expect(admin.locator("#smo-audit-score")).to_have_text(loud)
        expect(admin.locator(".smo-audit-page")).to_contain_text("The title shouts")
