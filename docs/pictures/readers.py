"""What readers see: pictures of pages of the demo, and of parts of them."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Browser

from docs.pictures.camera import keep, part, reader
from tests.browser.demo import Demo

ARTICLE: Final = "/en/articles/share-buttons-that-help/"
DISCUSSION: Final = "/en/articles/discussion-under-articles/"
LOCKED: Final = "/en/articles/checklist-before-publishing/"
PHONE: Final = {
    "viewport": {"width": 390, "height": 812},
    "device_scale_factor": 1.5,
    "is_mobile": True,
    "has_touch": True,
    "color_scheme": "dark",
}
SELECT_BEFORE_QUOTE: Final = """() => {
    const quote = document.querySelector(".smo-pull")
    const before = [...document.querySelectorAll(".prose > p")].filter((one) => one.compareDocumentPosition(quote) & 4)
    const text = before.at(-1).firstChild
    quote.scrollIntoView({ block: "center", behavior: "instant" })
    getSelection().setBaseAndExtent(text, 0, text, text.data.indexOf(".") + 1)
}"""
COUNTED: Final = """
from demo_site.articles.models import Article
from smo_kit.core.models import Settings
from smo_kit.core.settings import site_id
from smo_kit.engagement.services import record
article = Article.objects.get(translations__slug="share-buttons-that-help")
for network, n in (("facebook", 148), ("x", 61), ("whatsapp", 212), ("copy", 87)):
    record("shared", article, network=network, n=n)
Settings.objects.update_or_create(site_id=site_id(), app="SHARE", defaults={"data": {"counts": True}})
"""
PLAIN: Final = """
from smo_kit.core.models import Settings
Settings.objects.filter(app="SHARE").delete()
"""


def article(browser: Browser, demo: Demo) -> None:
    """An article with its share buttons."""
    keep(reader(browser, demo, ARTICLE, viewport={"width": 1280, "height": 1330}).screenshot(), "article")


def phone(browser: Browser, demo: Demo) -> None:
    """The article on a phone, in the dark, with the bar of share buttons."""
    page = reader(browser, demo, ARTICLE, **PHONE)
    page.evaluate("scrollTo({top: 1600, behavior: 'instant'})")
    page.locator(".smo-bar summary").click()
    keep(page.screenshot(), "phone")


def quote(browser: Browser, demo: Demo) -> None:
    """A quote with its buttons, and the bar over selected text."""
    page = reader(browser, demo, ARTICLE, viewport={"width": 820, "height": 560})
    page.evaluate(SELECT_BEFORE_QUOTE)
    page.locator(".smo-pick").wait_for()
    keep(page.screenshot(), "quote")


def networks(browser: Browser, demo: Demo) -> None:
    """The panel of all networks."""
    page = reader(browser, demo, ARTICLE)
    row = page.locator(".smo-pass.smo-inline").first
    row.locator("summary").click()
    row.locator(".smo-panel").evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    clip = part(page, ".smo-pass.smo-inline .smo-panel", margin=40, above=60)
    keep(page.screenshot(full_page=True, clip=clip), "networks")


def follow(browser: Browser, demo: Demo) -> None:
    """The site's accounts at the foot of its pages."""
    page = reader(browser, demo, ARTICLE)
    keep(page.screenshot(full_page=True, clip=part(page, ".smo-accounts", margin=40, above=70)), "follow")


def ratings(browser: Browser, demo: Demo) -> None:
    """The stars of an article, when the reader has given some."""
    page = reader(browser, demo, ARTICLE)
    page.locator(".smo-rate button[value='5']").click()
    page.wait_for_load_state("networkidle")
    keep(page.screenshot(full_page=True, clip=part(page, ".smo-rate", margin=20)), "ratings")


def engagement(browser: Browser, demo: Demo) -> None:
    """Share buttons that say how often each was pressed, while the setting is on."""
    demo.manage("shell", "-c", COUNTED)
    try:
        page = reader(browser, demo, ARTICLE)
        page.wait_for_timeout(6000)  # processes ask for new settings every five seconds
        page.reload(wait_until="networkidle")
        keep(page.screenshot(full_page=True, clip=part(page, ".smo-pass.smo-inline", margin=28)), "engagement")
    finally:
        demo.manage("shell", "-c", PLAIN)


def comments(browser: Browser, demo: Demo) -> None:
    """A discussion under an article."""
    page = reader(browser, demo, DISCUSSION, viewport={"width": 720, "height": 1000})
    box = part(page, "#comments", margin=10)
    keep(page.screenshot(full_page=True, clip={**box, "x": 20, "width": 680, "height": 900}), "comments")


def dialog(browser: Browser, demo: Demo) -> None:
    """The ways of signing in, over an article."""
    page = reader(browser, demo, ARTICLE, viewport={"width": 1000, "height": 760})
    page.locator(".smo-sign-in").click()
    page.locator(".smo-dialog[open]").wait_for()
    keep(page.screenshot(), "dialog")


def next_article(browser: Browser, demo: Demo) -> None:
    """What is offered at the end of an article."""
    _offered(browser, demo, "next", ARTICLE, ".smo-best-next", ".smo-best-next")


def best(browser: Browser, demo: Demo) -> None:
    """What is offered on the front page."""
    _offered(browser, demo, "best", "/en/", ".smo-best-cards", ".smo-best-announcements")


def _offered(browser: Browser, demo: Demo, name: str, address: str, first: str, last: str) -> None:
    page = reader(browser, demo, address, viewport={"width": 1180, "height": 1000})
    page.locator(first).evaluate("one => scrollTo({top: one.getBoundingClientRect().y - 24})")
    page.wait_for_load_state("networkidle")
    page.locator(".smo-best img").evaluate_all("all => Promise.all(all.map(one => one.complete && one.decode()))")
    from_, to = page.locator(first).bounding_box() or {}, page.locator(last).bounding_box() or {}
    height = to["y"] + to["height"] - from_["y"] + 48
    clip = {"x": from_["x"] - 24, "y": from_["y"] - 24, "width": from_["width"] + 48, "height": height}
    keep(page.screenshot(clip=clip), name)


def lock(browser: Browser, demo: Demo) -> None:
    """A closed lock in an article."""
    page = reader(browser, demo, LOCKED, viewport={"width": 860, "height": 900})
    clip = part(page, ".smo-lock", margin=15, above=155)
    keep(page.screenshot(full_page=True, clip={**clip, "x": 40, "width": 780}), "lock")


def downloads(browser: Browser, demo: Demo) -> None:
    """A file that opens by a share or a wait."""
    page = reader(browser, demo, "/en/about/", viewport={"width": 860, "height": 900})
    keep(page.screenshot(full_page=True, clip=part(page, ".smo-lock:has(.smo-file)", margin=24)), "downloads")
