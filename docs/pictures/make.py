"""Make the pictures of README and docs anew from the demo: ``python docs/pictures/make.py``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.browser.demo import Demo, running_demo  # noqa: E402  # the checkout first
from tests.require import CHROMIUM_FLAGS, require  # noqa: E402

AUDIT: Final = "/admin/smo_core/audit/"
SIGN_IN: Final = "/admin/smo_login/health/linkedin/"
SUBSCRIBERS: Final = "/admin/smo_notify/subscriber/"
DESKS: Final = "/admin/smo_best/curation/?language=en&q=sharing+without"
ARTICLE: Final = "/en/articles/share-buttons-that-help/"
DISCUSSION: Final = "/en/articles/discussion-under-articles/"
LOCKED: Final = "/en/articles/checklist-before-publishing/"
LOCKS: Final = "/admin/smo_lock/lock/%3Fq=checklist"
SHARES: Final = "/admin/smo_share/personallink/"
READER: Final = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""A browser without a window names itself as robots do, and robots are counted nowhere."""
COUNTED: Final = """
from smo_kit.lock.counting import today
from smo_kit.lock.models import Count, Lock
lock = Lock.objects.get(name="more", spots__path__contains="checklist")
row = lambda what, way, network, n: Count(lock=lock, day=today(), what=what, way=way, network=network, n=n)
ways = [("share", "telegram", 171, 148), ("share", "reddit", 96, 61), ("share", "bluesky", 42, 31)]
ways += [("sign_in", "", 88, 52), ("wait", "", 214, 190)]
rows = [row(what, way, network, n) for way, network, *sums in ways for what, n in zip(("tried", "opened"), sums)]
Count.objects.filter(lock=lock).delete()
Count.objects.bulk_create([row("shown", "", "", 1904), *rows])
"""
"""A month of figures, which nobody waits for."""
OFFERS: Final = (
    ("next", ARTICLE, (".smo-best-next",)),
    ("best", "/en/", (".smo-best-cards", ".smo-best-announcements")),
)
"""Pictures of blocks: name, page, what stands on it from the first to the last of these."""
PICTURES: Final = {
    "article": {"viewport": {"width": 1280, "height": 1330}},
    "phone": {
        "viewport": {"width": 390, "height": 812},
        "device_scale_factor": 1.5,
        "is_mobile": True,
        "has_touch": True,
        "color_scheme": "dark",
    },
    "quote": {"viewport": {"width": 820, "height": 560}},
}
SCROLL: Final = {"article": 0, "phone": 1600, "quote": 0}
SELECT_BEFORE_QUOTE: Final = """() => {
    const quote = document.querySelector(".smo-pull")
    const before = [...document.querySelectorAll(".prose > p")].filter((one) => one.compareDocumentPosition(quote) & 4)
    const text = before.at(-1).firstChild
    quote.scrollIntoView({ block: "center", behavior: "instant" })
    getSelection().setBaseAndExtent(text, 0, text, text.data.indexOf(".") + 1)
}"""


def editor(browser: Browser, demo: Demo, start: str, height: int = 800) -> Page:
    """Return a page on which somebody has signed in who may change everything."""
    page = browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": height}).new_page()
    page.goto(f"/accounts/login/?next={start}")
    for field, value in zip(("login", "password"), demo.account, strict=True):
        page.fill(f"[name={field}]", value)
    page.locator("form button").last.click()
    return page


def editing(browser: Browser, demo: Demo) -> None:
    """Take a picture of an editor who sets a block on a page of the CMS."""
    page = editor(browser, demo, "/en/about/")
    page.locator("a.cms-versioning-js-edit-btn, a.cms-btn-action:has-text('Edit')").first.click()
    page.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    page.locator(".cms-dragarea").last.locator(".cms-dragbar .cms-submenu-add").first.click()
    page.locator(".cms-modal .cms-submenu-item a[href='SmoSharePlugin']").click()
    form = page.frame_locator(".cms-modal-frame iframe")
    for place, network in enumerate(("telegram", "vk", "whatsapp"), start=1):
        form.locator(f"[name=networks-{network}]").fill(str(place))
    page.wait_for_timeout(600)  # the form fades in
    page.screenshot(path=HERE / "cms.jpg", type="jpeg", quality=80)


def previews(browser: Browser, demo: Demo) -> None:
    """Take a picture of a page as the networks show it."""
    page = editor(browser, demo, "/admin/smo_core/cardrow/%3Fq=preview+is+made", height=1400)
    address = page.locator("#result_list .field-name a").first.get_attribute("href") or ""
    page.goto(address.partition("?")[0].replace("change", "smo-previews"))
    page.locator("img").evaluate_all("all => all.forEach(one => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / "previews.jpg", type="jpeg", quality=45)


def audit(browser: Browser, demo: Demo) -> None:
    """Take a picture of what is found of the whole site."""
    page = editor(browser, demo, AUDIT, height=1100)
    page.locator(".smo-audit-tools form[method=post] input[type=submit]").click()
    page.locator(".smo-audit-whole").wait_for(timeout=60_000)
    page.screenshot(path=HERE / "audit.jpg", type="jpeg", quality=80)


def discussion(browser: Browser, demo: Demo) -> None:
    """Take a picture of a discussion under an article."""
    page = browser.new_context(base_url=demo.url, viewport={"width": 720, "height": 1000}).new_page()
    page.goto(DISCUSSION, wait_until="networkidle")
    box = page.locator("#comments").bounding_box() or {"y": 0}
    clip = {"x": 20, "y": box["y"] - 10, "width": 680, "height": 900}
    page.screenshot(path=HERE / "comments.jpg", type="jpeg", quality=82, full_page=True, clip=clip)


def subscribers(browser: Browser, demo: Demo) -> None:
    """Take a picture of a subscriber, and of what became of what he was to be told."""
    page = editor(browser, demo, SUBSCRIBERS, height=900)
    row = page.locator("#result_list th a", has_text="admin@")
    while not page.get_by_text("mail: sent").count():  # the worker has looked by then
        page.goto(SUBSCRIBERS)
        row.click()
    page.screenshot(path=HERE / "subscribers.jpg", type="jpeg", quality=80)


def dialog(browser: Browser, demo: Demo) -> None:
    """Take a picture of the ways of signing in, over an article."""
    page = browser.new_context(base_url=demo.url, viewport={"width": 1000, "height": 760}).new_page()
    page.goto(ARTICLE, wait_until="networkidle")
    page.locator(".smo-sign-in").click()
    page.locator(".smo-dialog[open]").wait_for()
    page.screenshot(path=HERE / "dialog.jpg", type="jpeg", quality=80)


def desk(browser: Browser, demo: Demo) -> None:
    """Take a picture of what an editor sees of one page, with a page pinned."""
    page = editor(browser, demo, DESKS.replace("?", "%3F").replace("&", "%26"), height=1000)
    page.locator(".smo-desk-table tbody a").first.click()
    page.locator(".smo-desk-one .smo-desk-pin").nth(2).click()
    page.locator("img").evaluate_all("all => all.forEach(one => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / "desk.jpg", type="jpeg", quality=80)


def offers(browser: Browser, demo: Demo) -> None:
    """Take pictures of what is offered at the end of an article and on the front page."""
    for name, address, blocks in OFFERS:
        page = browser.new_context(base_url=demo.url, viewport={"width": 1180, "height": 1000}).new_page()
        page.goto(address, wait_until="networkidle")
        page.locator(blocks[0]).evaluate("one => scrollTo({top: one.getBoundingClientRect().y - 24})")
        page.wait_for_load_state("networkidle")
        page.locator(".smo-best img").evaluate_all("all => Promise.all(all.map(one => one.complete && one.decode()))")
        first, last = (page.locator(blocks[end]).bounding_box() or {} for end in (0, -1))
        height = last["y"] + last["height"] - first["y"] + 48
        clip = {"x": first["x"] - 24, "y": first["y"] - 24, "width": first["width"] + 48, "height": height}
        page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=80, clip=clip)


def sign_in(browser: Browser, demo: Demo) -> None:
    """Take a picture of the page that sets a way of signing in up."""
    page = editor(browser, demo, SIGN_IN, height=1150)
    page.locator("#smo-there").wait_for()
    page.screenshot(path=HERE / "sign_in.jpg", type="jpeg", quality=75)


def lock(browser: Browser, demo: Demo) -> None:
    """Take a picture of a closed lock in an article."""
    page = browser.new_context(base_url=demo.url, viewport={"width": 860, "height": 900}, user_agent=READER).new_page()
    page.goto(LOCKED, wait_until="networkidle")
    box = page.locator(".smo-lock").bounding_box() or {"y": 0, "height": 0}
    clip = {"x": 40, "y": box["y"] - 170, "width": 780, "height": box["height"] + 200}
    page.screenshot(path=HERE / "lock.jpg", type="jpeg", quality=82, full_page=True, clip=clip)


def share_story(browser: Browser, demo: Demo) -> None:
    """Take a picture of what became of a link, which a reader has shared to open the lock."""
    page = browser.new_context(base_url=demo.url, user_agent=READER).new_page()
    page.goto(LOCKED, wait_until="networkidle")
    with page.expect_popup() as popup:
        page.locator(".smo-lock").get_by_role("link", name="Demo network").click()
    popup.value.get_by_role("button", name="Publish").click()
    page.locator(".smo-lock-part", has_text="every article").wait_for()
    page = editor(browser, demo, SHARES, height=980)
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("#content").screenshot(path=HERE / "share_story.jpg", type="jpeg", quality=75)


def lock_desk(browser: Browser, demo: Demo) -> None:
    """Take a picture of how often a lock was shown, tried and opened."""
    demo.manage("shell", "-c", COUNTED)
    page = editor(browser, demo, LOCKS, height=900)
    page.locator("#result_list .field-figures a").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / "lock_desk.jpg", type="jpeg", quality=80)


with (
    tempfile.TemporaryDirectory(prefix="smo-kit-") as home,
    running_demo(Path(home) / "demo") as demo,
    sync_playwright() as playwright,
):
    browser = playwright.chromium.launch(executable_path=require("chromium"), args=CHROMIUM_FLAGS)
    for name, options in PICTURES.items():
        page = browser.new_context(base_url=demo.url, **options).new_page()
        page.goto(ARTICLE, wait_until="networkidle")
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", SCROLL[name])
        if name == "phone":
            page.locator(".smo-bar summary").click()
        if name == "quote":
            page.evaluate(SELECT_BEFORE_QUOTE)
            page.locator(".smo-pick").wait_for()
        page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=82)
    discussion(browser, demo)
    editing(browser, demo)
    previews(browser, demo)
    audit(browser, demo)
    subscribers(browser, demo)
    desk(browser, demo)
    sign_in(browser, demo)
    dialog(browser, demo)
    offers(browser, demo)
    lock(browser, demo)
    share_story(browser, demo)
    lock_desk(browser, demo)
