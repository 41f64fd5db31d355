"""What readers do under an article: write, confirm, reply, like, change, report, with script and without."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RULES
from tests.browser.test_w3c import errors
from tests.checkers.node import checkers

PER_LETTER = 60
"""Milliseconds: a person types no faster, and the site knows that."""


@pytest.fixture(scope="module")
def talked_about(demo) -> str:
    """Return the path of an article with comments."""
    (link, *_others) = demo.get("/en/articles/").soup.select("article a[href$='#comments']")
    return urlsplit(link["href"]).path


def typed(page: Page, text: str) -> None:
    page.get_by_label("Comment", exact=True).press_sequentially(text, delay=PER_LETTER)


def sign_in(page: Page, demo, back: str) -> None:
    name, password = demo.account
    page.goto(f"/accounts/login/?next={back}")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{back}")


def comments(page: Page):
    return page.locator("#comments article")


def test_a_guest_writes_follows_the_mail_and_is_read(open_page, demo, talked_about):
    page = open_page(talked_about)
    page.get_by_role("link", name="Write a comment").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    typed(page, "The list hangs in our *kitchen* now, next to the kettle.")
    page.get_by_label("Your name").fill("Wanda")
    page.get_by_label("Your e-mail").fill("wanda@example.org")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#comments [role=status]")).to_contain_text("open the mail")

    code = "from smo_kit.mail.models import Mail; print(Mail.objects.get(to='wanda@example.org').text)"
    link = re.search(r"https?://\S+/smo/comments/confirm/\S+", demo.manage("shell", "-c", code))
    page.goto(urlsplit(link[0]).path)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="Go to the comment").click()

    expect(page.locator("article:target")).to_contain_text("next to the kettle")
    assert "wanda@example.org" not in page.content()


def test_a_member_replies_in_place_changes_it_and_takes_it_back(open_page, demo, talked_about):
    page = open_page(talked_about, may_fail=True)  # the CMS's toolbar has scripts that the policy refuses
    sign_in(page, demo, talked_about)
    first = comments(page).first
    first.get_by_role("link", name="Reply").click()
    typed(page, "We print it anew each spring, with a pen in reach.")
    page.get_by_role("button", name="Send").click()

    reply = page.locator("#comments article", has_text="with a pen in reach")
    expect(reply).to_be_focused()
    expect(page.locator(".smo-here")).to_have_count(0)
    reply.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment", exact=True).fill("We print it anew each spring, and scribble on it.")
    page.get_by_role("button", name="Save").click()
    changed = page.locator("#comments article", has_text="and scribble on it")
    expect(changed).to_contain_text("edited")

    changed.get_by_role("link", name="Edit").click()
    page.get_by_text("Remove this comment").click()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.locator("#comments article:focus")).to_contain_text("has been removed")


def test_a_like_is_counted_once_and_known_after_a_reload(open_page, talked_about):
    page = open_page(talked_about)
    like = comments(page).first.get_by_role("button", name="Like", exact=False).first
    before = int(like.locator("b").inner_text())
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like.locator("b")).to_have_text(str(before + 1))

    page.reload()
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like.locator("b")).to_have_text(str(before))


def test_two_likes_at_once_are_of_one_reader(open_page, talked_about):
    page = open_page(talked_about)
    likes = [comments(page).nth(n).get_by_role("button", name="Like", exact=False).first for n in (2, 3)]
    page.evaluate("buttons => buttons.forEach(one => one.click())", [like.element_handle() for like in likes])
    for like in likes:
        expect(like).to_have_attribute("aria-pressed", "true")

    page.reload()
    for like in likes:
        expect(like).to_have_attribute("aria-pressed", "true")


def test_a_like_without_an_answer_speaks_of_no_text(open_page, talked_about):
    page = open_page(talked_about, may_fail=True)
    page.context.set_offline(True)
    comments(page).first.get_by_role("button", name="Like", exact=False).first.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost: please try again")


def test_a_link_pressed_again_leads_to_what_it_opened(open_page, talked_about):
    page = open_page(talked_about)
    first = comments(page).first
    reply = first.get_by_role("link", name="Reply")
    reply.dblclick()
    text = page.get_by_label("Comment", exact=True)
    expect(text).to_be_focused()
    text.fill("Not lost.")
    first.get_by_role("link", name="Report").click()
    expect(page.get_by_label("What is wrong with it?")).to_be_focused()
    reply.click()

    expect(text).to_be_focused()
    expect(text).to_have_count(1)
    expect(text).to_have_value("Not lost.")


def test_a_report_is_thanked_for(open_page, talked_about):
    page = open_page(talked_about)
    comments(page).nth(1).get_by_role("link", name="Report").click()
    page.get_by_label("What is wrong with it?").fill("Only a test of this button.")
    page.locator(".smo-here").get_by_role("button", name="Report").click()
    expect(page.locator(".smo-here [role=status]")).to_contain_text("A moderator will look")


def test_what_is_wrong_is_said_beside_what_was_typed(open_page, talked_about):
    page = open_page(talked_about, may_fail=True)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Comment", exact=True).fill("Not lost.")
    page.locator(".smo-here form").first.evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Not lost.")


def test_without_an_answer_the_text_stays(open_page, talked_about):
    page = open_page(talked_about, may_fail=True)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Comment", exact=True).fill("Not lost.")
    page.get_by_label("Your name").fill("Wanda")
    page.get_by_label("Your e-mail").fill("wanda@example.org")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Not lost.")


def test_without_script_the_form_is_a_page(open_page, talked_about):
    page = open_page(talked_about, java_script_enabled=False)
    comments(page).first.get_by_role("link", name="Reply").click()
    page.get_by_label("Comment", exact=True).fill("**Weighty** words")
    page.get_by_label("Your name").fill("Wanda")
    page.get_by_label("Your e-mail").fill("wanda@example.org")
    page.get_by_role("button", name="Preview").click()

    expect(page.locator(".smo-preview strong")).to_have_text("Weighty")
    expect(page.get_by_label("Your name")).to_have_value("Wanda")


def test_a_vote_without_script_leads_back_to_the_comment_and_is_taken_back(open_page, talked_about):
    page = open_page(talked_about, java_script_enabled=False)
    like = comments(page).nth(2).get_by_role("button").first
    count = int(like.locator("b").inner_text())
    like.click()
    voted = page.locator("article:target")
    expect(voted.get_by_role("button").first.locator("b")).to_have_text(str(count + 1))

    voted.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You like this comment already.")
    page.get_by_role("button", name="Take it back").click()
    expect(voted.get_by_role("button").first.locator("b")).to_have_text(str(count))


def test_nothing_personal_is_asked_for_before_an_act(open_page, talked_about):
    asked: list[str] = []
    page = open_page("/en/")
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(talked_about, wait_until="networkidle")
    assert [path for path in asked if path.startswith("/smo/comments/")] == []
    assert page.context.cookies() == []


@pytest.mark.node
def test_the_pages_of_forms_have_no_error(demo, talked_about, tmp_path):
    soup = demo.get(talked_about).soup
    paths = [one["href"] for one in soup.select("#comments [data-smo-open]")[:3]]
    paths += [form["action"] for form in soup.select("#comments form")[:1]]
    assert errors(demo, paths, tmp_path) == []


def test_no_button_of_the_form_breaks_a_word_on_a_phone(open_page, demo):
    (link, *_others) = demo.get("/ru/articles/").soup.select("article a[href$='#comments']")
    page = open_page(urlsplit(link["href"]).path, width=360)
    page.locator("[data-smo-open]").first.click()
    page.locator("p.smo-send").wait_for()
    lines = """all => all.map(one => {
        const words = document.createRange(); words.selectNodeContents(one); return words.getClientRects().length})"""
    assert set(page.locator("p.smo-send > *").evaluate_all(lines)) == {1}


@pytest.mark.node
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_an_open_form(open_page, talked_about, width, dark):
    page = open_page(talked_about, width=width, dark=dark, bypass_csp=True)
    comments(page).first.get_by_role("link", name="Reply").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, RULES)["violations"]
    assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
