"""What editors see: pictures of the admin and of the editor of django CMS."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Browser

from docs.pictures.camera import editor, keep, part, reader
from tests.browser.demo import Demo

AUDIT: Final = "/admin/smo_core/audit/"
SIGN_IN: Final = "/admin/smo_login/health/linkedin/"
SUBSCRIBERS: Final = "/admin/smo_notify/subscriber/"
DESKS: Final = "/admin/smo_best/curation/?language=en&q=sharing+without"
LOCKED: Final = "/en/articles/checklist-before-publishing/"
LOCKS: Final = "/admin/smo_lock/lock/%3Fq=publishing"
SHARES: Final = "/admin/smo_share/personallink/"
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
QUEUE: Final = "/admin/smo_comments/entry/"
SAID: Final = """
from demo_site.articles.models import Article
from smo_kit.comments.drafts import Draft
from smo_kit.comments.services import confirm, post
article = Article.objects.get(translations__slug="discussion-under-articles")
for name, address, text in (
    ("Best Offers", "offers@example.org", "Great post! Subscribe to my channel, I show there how I earn from home."),
    ("Vera", "vera@example.org", "LOOK AT THIS NOW: https://one.example https://two.example https://three.example"),
):
    confirm(post(article, Draft(text=text, name=name, email=address, language="en", address="192.0.2.7")).entry)
"""
"""What a moderator should look at."""
POSTED: Final = """
import datetime as dt
from django.utils import timezone
from smo_kit.mail.models import Mail, State
now = timezone.now()
for place, (to, subject, kind, state, tries, said) in enumerate((
    ("vera@example.org", "Please confirm your comment", "comment-confirm", State.WAITING, 1, "451 try again later"),
    ("ivan@example.org", "Re: Titles that survive being cut", "notify", State.SENT, 0, ""),
    ("nobody@example.org", "Please confirm your comment", "comment-confirm", State.DEAD, 1, "550 5.1.1 no such user"),
)):
    Mail.objects.create(to=to, subject=subject, kind=kind, state=state, tries=tries, last_error=said,
                        due=now + dt.timedelta(minutes=30 - 20 * place), message_id=f"<{place}@example.org>")
"""
"""Each of the ways that a mail can go."""


def cms(browser: Browser, demo: Demo) -> None:
    """An editor who sets a block on a page of the CMS."""
    page = editor(browser, demo, "/en/about/")
    page.locator("a.cms-versioning-js-edit-btn, a.cms-btn-action:has-text('Edit')").first.click()
    page.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    page.locator(".cms-dragarea").last.locator(".cms-dragbar .cms-submenu-add").first.click()
    page.locator(".cms-modal .cms-submenu-item a[href='SmoSharePlugin']").click()
    form = page.frame_locator(".cms-modal-frame iframe")
    for place, network in enumerate(("telegram", "vk", "whatsapp"), start=1):
        form.locator(f"[name=smo_networks-{network}]").fill(str(place))
    page.wait_for_timeout(600)  # the form fades in
    keep(page.screenshot(), "cms")


def previews(browser: Browser, demo: Demo) -> None:
    """A page as the networks show it."""
    page = editor(browser, demo, "/admin/smo_core/cardrow/%3Fq=preview+is+made", height=1400)
    address = page.locator("#result_list .field-name a").first.get_attribute("href") or ""
    page.goto(address.partition("?")[0].replace("change", "smo-previews"))
    page.locator("img").evaluate_all("all => all.forEach(one => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    keep(page.screenshot(), "previews")


def audit(browser: Browser, demo: Demo) -> None:
    """What is found of the whole site."""
    page = editor(browser, demo, AUDIT, height=1100)
    page.locator(".smo-audit-tools form[method=post] input[type=submit]").click()
    page.locator(".smo-audit-whole").wait_for(timeout=60_000)
    keep(page.screenshot(), "audit")


def subscribers(browser: Browser, demo: Demo) -> None:
    """A subscriber, and of what became of what he was to be told."""
    page = editor(browser, demo, SUBSCRIBERS, height=900)
    row = page.locator("#result_list th a", has_text="admin@")
    while not page.get_by_text("mail: sent").count():  # the worker has looked by then
        page.goto(SUBSCRIBERS)
        row.click()
    keep(page.screenshot(), "subscribers")


def desk(browser: Browser, demo: Demo) -> None:
    """What an editor sees of one page, with a page pinned."""
    page = editor(browser, demo, DESKS.replace("?", "%3F").replace("&", "%26"), height=1000)
    page.locator(".smo-desk-table tbody a").first.click()
    page.locator(".smo-desk-one .smo-desk-pin").nth(2).click()
    page.locator("img").evaluate_all("all => all.forEach(one => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    keep(page.screenshot(), "desk")


def sign_in(browser: Browser, demo: Demo) -> None:
    """The page that sets a way of signing in up."""
    page = editor(browser, demo, SIGN_IN, height=1150)
    page.locator("#smo-there").wait_for()
    keep(page.screenshot(), "sign_in")


def share_story(browser: Browser, demo: Demo) -> None:
    """What became of a link, which a reader has shared to open the lock."""
    page = reader(browser, demo, LOCKED)
    with page.expect_popup() as popup:
        page.locator(".smo-lock").get_by_role("link", name="Demo network").click()
    popup.value.get_by_role("button", name="Publish").click()
    page.locator(".smo-lock-part", has_text="every article").wait_for()
    page = editor(browser, demo, SHARES, height=980)
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state("networkidle")
    keep(page.locator("#content").screenshot(), "share_story")


def lock_desk(browser: Browser, demo: Demo) -> None:
    """How often a lock was shown, tried and opened."""
    demo.manage("shell", "-c", COUNTED)
    page = editor(browser, demo, LOCKS, height=900)
    page.locator("#result_list .field-figures a").first.click()
    page.wait_for_load_state("networkidle")
    keep(page.screenshot(), "lock_desk")


def mail(browser: Browser, demo: Demo) -> None:
    """The outbox: what was sent, what waits, what could not be delivered."""
    demo.manage("shell", "-c", POSTED)
    page = editor(browser, demo, "/admin/smo_mail/mail/", height=620)
    keep(page.screenshot(), "mail")


def comments_moderation(browser: Browser, demo: Demo) -> None:
    """The queue of comments that need a person, with what the rules say of each."""
    demo.manage("shell", "-c", SAID)
    page = editor(browser, demo, QUEUE, height=760)
    keep(page.screenshot(), "comments_moderation")


def spam(browser: Browser, demo: Demo) -> None:
    """What the rules say of one comment."""
    page = editor(browser, demo, QUEUE, height=760)
    clip = part(page, "#result_list tbody tr:has-text('my channel')", margin=0)
    keep(page.screenshot(full_page=True, clip=clip), "spam")
