"""The bell of every page: it rings for a member who was answered, and is silent when he has read it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RULES
from tests.checkers.node import checkers

UNREAD = "/smo/notify/unread/"
ANSWERED = """
from django.contrib.auth import get_user_model
from django.utils import timezone
from smo_kit.comments.drafts import Draft
from allauth.account.models import EmailAddress
from smo_kit.comments.models import Discussion
from smo_kit.comments.moves import move
from smo_kit.comments.services import post
from smo_kit.comments.states import State
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery
people = get_user_model().objects
ada, bob = (people.get_or_create(username=name, defaults={"first_name": name.title()})[0] for name in ("ada", "bob"))
ada.set_password("arch-of-stone"); ada.email = "ada@example.org"; ada.save()
EmailAddress.objects.update_or_create(user=ada, defaults={"email": ada.email, "verified": True, "primary": True})
article = Discussion.objects.filter(language="en", count__gt=0).first().key.subject()
def say(user, text, **more):
    entry = post(article, Draft(text=text, user=user, language="en", **more)).entry
    if not entry.is_published: move(entry, State.PUBLISHED)
    return entry
Delivery.objects.update(read_at=timezone.now())
question = say(ada, "Which of these do you check first, %(n)d?")
answer = say(bob, "The picture, always: it is what people see, %(n)d.", reply_to=question.pk)
spread(100)
print("answer", answer.pk)
"""


@pytest.fixture
def answer(demo, request) -> str:
    """Ada was answered, and has read all that came before; return the id of the answer's element."""
    said = demo.manage("shell", "-c", ANSWERED % {"n": crc32(request.node.name.encode())})
    return f"c{re.search(r'answer ([0-9]+)', said)[1]}"


def sign_in(page: Page) -> None:
    page.locator("[name=login]").fill("ada")
    page.locator("[name=password]").fill("arch-of-stone")
    page.locator("[name=password]").press("Enter")


def bell(page: Page):
    return page.get_by_role("link", name=re.compile("^Notifications"))


def asked(page: Page) -> list[str]:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(urlsplit(request.url).path))
    return seen


def test_it_rings_until_the_answer_is_read(open_page, answer):
    page = open_page("/en/")
    bell(page).click()
    sign_in(page)
    page.wait_for_url("**/smo/notify/inbox/?l=en")
    page.goto("/en/articles/")
    expect(bell(page)).to_have_accessible_name("Notifications 1")

    bell(page).click()
    page.get_by_role("listitem").filter(has_text="The picture, always").filter(has_text="New").get_by_role(
        "link"
    ).click()
    expect(page.locator(f"#{answer}:target")).to_contain_text("it is what people see")
    expect(bell(page)).to_have_accessible_name("Notifications")
    bell(page).click()
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)


def test_it_asks_anew_after_signing_in_and_out(open_page, answer):
    page = open_page("/en/")
    page.wait_for_load_state("networkidle")
    page.goto("/smo/notify/inbox/?l=en")
    sign_in(page)
    page.wait_for_url("**/smo/notify/inbox/?l=en")
    expect(bell(page)).to_have_accessible_name("Notifications 1")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    expect(bell(page)).to_have_accessible_name("Notifications")


def test_without_script_the_button_marks_it(open_page, answer):
    page = open_page("/smo/notify/inbox/", java_script_enabled=False)
    sign_in(page)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)
    expect(page.locator(".smo-words").first).to_contain_text("The picture, always")


def test_it_asks_once_for_many_pages_and_gives_nobody_a_cookie(open_page):
    page = open_page("/404-only-to-have-a-tab/", may_fail=True)
    page.wait_for_load_state("networkidle")
    seen = asked(page)
    page.evaluate("sessionStorage.clear()")
    for path in ("/en/", "/en/articles/", "/ru/"):
        page.goto(path, wait_until="networkidle")
    assert seen.count(UNREAD) == 1
    assert page.context.cookies() == []


@pytest.mark.node
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_list(open_page, answer, width, dark):
    page = open_page("/smo/notify/inbox/", width=width, dark=dark, bypass_csp=True)
    sign_in(page)
    expect(page.locator(".smo-inbox")).to_be_visible()
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, RULES)["violations"]
    assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
