"""From a link under the comments to mails, and to none: in Chromium, with a mail server of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.apps.mail.sink import Got, Sink, a_sink
from tests.browser.demo import Demo, eventually, running_demo
from tests.browser.test_accessibility import AXE, RULES
from tests.browser.test_comments import sign_in, typed
from tests.browser.test_w3c import errors
from tests.checkers.node import checkers

PATIENCE = 60
SEND_NOW = (
    "from django.utils import timezone; from django.core.management import call_command;"
    "from smo_kit.notify.models import Delivery; from smo_kit.notify.fan_out import spread;"
    "spread(1000); Delivery.objects.filter(due__isnull=False).update(due=timezone.now());"
    "call_command('smo_send_mail')"
)
"""What else happens when five minutes are over."""


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with a_sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def demo(sink: Sink, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that sends its mails."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("EMAIL_URL", f"smtp://127.0.0.1:{sink.port}")
        with running_demo(tmp_path_factory.mktemp("notify") / "home", filled) as running:
            yield running


@pytest.fixture(scope="module")
def article(demo: Demo) -> str:
    (link, *_others) = demo.get("/en/articles/").soup.select("article a[href$='#comments']")
    return urlsplit(link["href"]).path


@pytest.fixture
def mail_to(sink: Sink):
    """Return the last mail to an address when so many have come."""

    def mail_to(address: str, number: int = 1) -> Got:
        eventually(lambda: sink.recipients.count(address) >= number, seconds=PATIENCE)
        return [one for one in sink.got if one.to == address][-1]

    return mail_to


def link_in(mail: Got, what: str) -> str:
    text = mail.message.get_body(("plain",)).get_content()
    parts = urlsplit(re.search(rf"http\S+/smo/notify/{what}/\S+", text)[0])
    return f"{parts.path}?{parts.query}"


def manage_path(demo: Demo) -> str:
    """Return where somebody sees his notifications who follows two discussions, one of them muted."""
    code = (
        "from smo_kit.comments.models import Discussion; from smo_kit.notify import links, services;"
        "from smo_kit.notify.subscribers import at_address, prove;"
        "one = prove(at_address('viola@example.org', language='en'));"
        "first, second = Discussion.objects.filter(language='en')[:2];"
        "services.follow(one, first); services.mute(one, second); print(links.manage_url(one))"
    )
    return urlsplit(re.search(r"http\S+", demo.manage("shell", "-c", code))[0]).path


def test_subscribe_confirm_read_pause_digest_and_one_click(open_page, demo, article, sink, mail_to):
    page = open_page(article)
    page.get_by_role("link", name="Get new comments by mail").click()
    expect(page.locator(".smo-told [type=email]")).to_be_focused()
    page.locator(".smo-told [type=email]").fill("wanda+news@example.org")
    page.get_by_role("button", name="Send me mail").click()
    expect(page.locator(".smo-told [role=status]")).to_contain_text("a mail is on its way")

    page.goto(link_in(mail_to("wanda+news@example.org"), "confirm"))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()

    member = open_page(article, may_fail=True)  # the CMS's toolbar has scripts that the policy refuses
    sign_in(member, demo, article)
    member.locator("#comments article").first.get_by_role("link", name="Reply").click()
    expect(member.get_by_label("Mail me")).to_have_value("")
    typed(member, "We wrote ours on the door, in chalk.")
    member.get_by_role("button", name="Send").click()
    expect(member.locator("#comments article", has_text="in chalk")).to_be_focused()
    demo.manage("shell", "-c", SEND_NOW)
    news = mail_to("wanda+news@example.org", 2)
    assert "in chalk" in news.message.get_body(("plain",)).get_content()
    assert news.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    page.goto(link_in(news, "manage"))
    expect(page.get_by_text("w•••@example.org")).to_be_visible()
    page.get_by_role("button", name="For a week").click()
    expect(page.get_by_role("status")).to_contain_text("paused")
    page.get_by_role("button", name="End the pause").click()
    page.get_by_label("Mail", exact=True).select_option("daily")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Mail", exact=True)).to_have_value("daily")

    link = urlsplit(news.message["List-Unsubscribe"].strip(" <>"))
    answer = open_page("/en/").request.post(
        f"{demo.url}{link.path}?{link.query}", form={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status == 200
    page.reload()
    expect(page.locator("li", has_text="muted")).to_have_count(1)


def test_without_script(open_page, article, mail_to):
    page = open_page(article, java_script_enabled=False)
    page.get_by_role("link", name="Get new comments by mail").click()
    page.get_by_label("Your e-mail").fill("otto@example.org")
    page.get_by_label("How often").select_option("weekly")
    page.get_by_role("button", name="Send me mail").click()
    expect(page.get_by_role("status")).to_contain_text("a mail is on its way")
    page.goto(link_in(mail_to("otto@example.org"), "confirm"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="Your notifications").click()
    expect(page.get_by_label("Mail", exact=True)).to_have_value("weekly")
    page.get_by_role("button", name="Send me no more mail").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Mail", exact=True)).to_have_value("weekly")


def test_a_member_stops_and_follows_in_place(open_page, demo, article):
    page = open_page(article, may_fail=True)
    sign_in(page, demo, article)
    page.get_by_role("link", name="Get new comments by mail").click()
    page.get_by_role("button", name="Stop following").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.locator(".smo-told [role=status]")).to_contain_text("You follow this discussion")
    page.get_by_role("link", name="Your notifications").click()
    expect(page.get_by_role("button", name="Stop following").first).to_be_visible()


def test_the_pages_are_valid_html(demo, article, tmp_path):
    form = demo.get(article).soup.select_one(".smo-told a")["href"]
    forged = "/smo/notify/manage/forged/"
    assert errors(demo, [article, form, manage_path(demo), "/smo/notify/link/", forged], tmp_path) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_form_and_the_pages(open_page, demo, article, dark):
    page = open_page(article, width=360, dark=dark, bypass_csp=True)
    axe = (checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    link = page.get_by_role("link", name="Get new comments by mail")
    link.click()
    expect(page.locator(".smo-told [type=email]")).to_be_focused()
    for path in (None, link.get_attribute("href"), "/smo/notify/link/", manage_path(demo)):
        if path:
            page.goto(path)
        page.evaluate(axe)
        found = page.evaluate(AXE, RULES)["violations"]
        assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
