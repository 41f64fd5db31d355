"""A moderator's way through the queue, by mouse and by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.test_accessibility import RULES, axe  # noqa: F401  # a fixture

QUEUE = "/admin/smo_comments/entry/"
WORDS = ("The keeper of this teahouse knows.", "A map would help here.", "Which year was that?")
POST = f"""
from demo_site.articles.models import Article
from smo_kit.comments.drafts import Draft
from smo_kit.comments.moderation import decide
from smo_kit.comments.services import post
from django.contrib.auth import get_user_model
user, _ = get_user_model().objects.get_or_create(username="commenter", defaults={{"first_name": "Commenter"}})
for text in {WORDS!r}:
    decide(post(Article.objects.order_by("pk").first(), Draft(text=text, user=user, language="en")).entry, "hold")
"""
FORGET = """
from django_comments_xtd.models import XtdComment
from django.contrib.auth import get_user_model
XtdComment.objects.filter(user__username="commenter").delete()
"""


@pytest.fixture
def queue(open_page, demo: Demo):
    """The queue with three comments that wait; opened by ``queue(width=…)``."""
    demo.manage("shell", "-c", POST)

    def queue(**options) -> Page:
        name, password = demo.account
        page = open_page(f"/admin/login/?next={QUEUE}", **options)
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", password)
        page.click("[type=submit]")
        expect(page).to_have_url(re.compile(f"{QUEUE}$"))
        page.goto(f"{QUEUE}?q=Commenter")  # the demo has others that wait
        return page

    yield queue
    demo.manage("shell", "-c", FORGET)


def texts(page: Page) -> list[str]:
    return [one.strip() for one in page.locator(".smo-words").all_inner_texts()]


def test_keys_publish_and_take_back(queue):
    page = queue()
    before = texts(page)
    assert sorted(before) == sorted(WORDS)

    page.keyboard.press("j")
    expect(page.locator(".smo-here .smo-words")).to_have_text(before[1])
    page.keyboard.press("p")

    expect(page.locator(".messagelist .success")).to_contain_text("published")
    assert texts(page) == [before[0], before[2]]
    expect(page.locator(".smo-here .smo-words")).to_have_text(before[2])
    page.keyboard.press("u")
    expect(page.locator(".messagelist .success")).to_contain_text("1 decision is taken back")
    assert texts(page) == before


def test_keys_do_nothing_while_somebody_types(queue):
    page = queue()
    page.fill("#searchbar", "")
    page.locator("#searchbar").focus()
    page.keyboard.type("xprj")
    expect(page.locator("#searchbar")).to_have_value("xprj")
    assert len(texts(page)) == 3
    page.locator("#searchbar").blur()
    page.keyboard.press("?")
    expect(page.locator("[data-smo-keys]")).to_have_attribute("open", "")


def test_the_buttons_work_without_script(queue):
    page = queue(java_script_enabled=False)
    first = texts(page)[0]
    page.locator(".smo-row .smo-spam").first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("marked as spam")
    assert first not in texts(page)
    page.locator(".messagelist .smo-undo").click()
    assert first in texts(page)


@pytest.mark.parametrize("width", [360, 768])
def test_it_fits_a_phone(queue, width):
    page = queue(width=width)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    for button in page.locator(".smo-row button").all():
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24


@pytest.mark.node
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_what_is_ours(queue, axe, dark):  # noqa: F811  # the fixture
    page = queue(width=360, dark=dark, bypass_csp=True)
    for ours in ([".smo-row"], [".smo-keys"]), ([".smo-one"],):
        page.evaluate(axe)
        run = "([ours, rules]) => axe.run({include: ours}, {runOnly: {type: 'tag', values: rules}})"
        found = page.evaluate(run, [list(ours), RULES])["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        if page.locator(".smo-open").count():
            page.locator(".smo-open").first.click()
