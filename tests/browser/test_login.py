"""Signing in with the demo's own network, from where the reader stands and back to it, in Chromium."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from smo_kit.login.faults import Fault
from tests.browser.demo import Demo, eventually
from tests.browser.test_accessibility import AXE, RULES
from tests.checkers.node import checkers

DRAFT = "Typed before anybody asked who I am; with «quotes», <b>tags</b>\nand a second line."
NETWORK = "Demo network"


@pytest.fixture(scope="module")
def article(demo: Demo) -> str:
    (link, *_others) = demo.get("/en/articles/").soup.select("article a[href$='#comments']")
    return urlsplit(link["href"]).path


def sentence(fault: Fault) -> str:
    said = str(fault.label) % {"name": NETWORK}
    return said[:1].upper() + said[1:]


def open_form(page: Page) -> None:
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Comment", exact=True).fill(DRAFT)


def be(page: Page, person: str) -> None:
    """Be one of the people at the network, which may ask the reader who he is."""
    page.locator(f"button[name=person][value={person}]").click()
    expect(page.get_by_role("button", name="Deny")).to_be_visible()


def has_the_draft(page: Page) -> None:
    expect(page.get_by_label("Comment", exact=True)).to_have_value(DRAFT)


def name_in_head(page: Page):
    return page.locator("header .smo-account")


def code_for(demo: Demo, address: str) -> str:
    code = f"from smo_kit.mail.models import Mail; print(Mail.objects.filter(to='{address}').latest('pk').text)"
    return re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", demo.manage("shell", "-c", code), re.MULTILINE)[1]


def test_a_reader_joins_with_two_clicks_and_sends_what_he_had_typed(open_page, demo, article):
    page = open_page(article, may_leave=True)
    assert page.context.cookies() == []
    open_form(page)
    page.locator("button[name=join][value=demo]").click()
    be(page, "nina")
    page.get_by_role("button", name="Allow").click()

    page.wait_for_url(f"{demo.url}{article}*")
    has_the_draft(page)
    expect(page.get_by_text("You write as Nina Lind")).to_be_visible()
    expect(name_in_head(page)).to_contain_text("Nina Lind")
    page.get_by_role("button", name="Send").click()
    comment = page.locator("#comments article", has_text="Typed before anybody asked")
    expect(comment).to_contain_text("Nina Lind")

    page.goto("/smo/login/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto(article)
    expect(page.locator("header .smo-sign-in")).to_have_text("Sign in")


def test_who_denies_or_finds_the_network_asleep_keeps_his_draft(open_page, demo, article):
    page = open_page(article, may_leave=True)
    open_form(page)
    page.locator("button[name=join][value=demo]").click()
    be(page, "nina")
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_have_text(sentence(Fault.DENIED))

    with asleep(demo):
        page.locator("button[name=with][value=demo]").click()
        expect(page.get_by_role("alert")).to_have_text(sentence(Fault.DOWN), timeout=15_000)
    page.get_by_role("link", name="Back without signing in").click()
    has_the_draft(page)


@contextmanager
def asleep(demo: Demo) -> Iterator[None]:
    """Have the demo's network take calls and answer none."""
    pids = network_pids(demo)
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def network_pids(demo: Demo) -> list[int]:
    """Return the processes of this demo's network, the first of them first."""
    found = []
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda one: int(one.name)):
        try:
            is_its = os.getpgid(int(folder.name)) == demo.process.pid
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if is_its and b"demo_site.provider.wsgi" in command:
            found.append(int(folder.name))
    return found


def test_an_unproved_address_takes_a_code_in_the_same_tab(open_page, demo, article):
    page = open_page(article, may_leave=True, width=360)
    open_form(page)
    page.locator("button[name=join][value=demo]").click()
    be(page, "boris")
    page.get_by_role("button", name="Allow").click()
    expect(page.locator("main")).to_contain_text("boris.yolkin@example.com")
    page.locator("[name=code]").fill(code_for(demo, "boris.yolkin@example.com"))
    page.locator("[name=code]").press("Enter")

    page.wait_for_url(f"{demo.url}{article}*")
    has_the_draft(page)
    expect(page.get_by_text("You write as Борис Ёлкин")).to_be_visible()
    expect(name_in_head(page)).to_contain_text("Борис Ёлкин")
    middles = {middle_of(page.locator(one)) for one in ("header .smo-account", "header .menu", "header .tongues")}
    assert len(middles) == 1, "on a phone they stand in one line"


def middle_of(part) -> int:
    box = part.bounding_box()
    return round(box["y"] + box["height"] / 2)


def test_without_script_the_way_is_the_same(open_page, demo, article):
    page = open_page(article, may_leave=True, java_script_enabled=False)
    open_form(page)
    page.locator("button[name=join][value=demo]").click()
    be(page, "mallory")
    page.get_by_role("button", name="Allow").click()
    has_the_draft(page)
    expect(page.get_by_text("You write as")).to_contain_text("alert(1)")


def test_by_keyboard_and_in_russian_from_the_head_of_a_page(open_page, demo):
    page = open_page("/ru/articles/", may_leave=True, locale="ru")
    page.locator("header .smo-sign-in").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    button = dialog.locator("button[name=with][value=demo]")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    tab_to(page, page.locator("button[name=person][value=nina]"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("button[value=grant]"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.url}/ru/articles/")
    expect(name_in_head(page)).to_contain_text("Nina Lind")


def tab_to(page: Page, control) -> None:
    control.wait_for()
    for _ in range(40):
        if control.evaluate("one => one == document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No Tab leads to {control}.")


def test_two_tabs_and_a_forged_and_a_used_answer(open_page, demo, article):
    first = open_page(article, may_leave=True)
    second = first.context.new_page()
    second.goto("/en/about/")
    for tab in (first, second):
        tab.goto(f"/smo/login/?next={urlsplit(tab.url).path}")
        tab.locator("button[name=with][value=demo]").click()
    be(first, "nina")
    second.reload()
    be(second, "nina")
    answers: list[str] = []
    first.context.on("request", lambda one: answers.append(one.url) if "/login/callback/" in one.url else None)
    second.get_by_role("button", name="Allow").click()
    second.wait_for_url("**/en/about/")
    first.get_by_role("button", name="Allow").click()
    first.wait_for_url(f"**{article}")

    first.context.clear_cookies()
    for answer in (answers[0], answers[0].replace("state=", "state=x")):
        first.goto(answer)
        expect(first.get_by_role("alert")).to_have_text(sentence(Fault.LOST))


def test_a_network_that_was_killed_is_told_and_started_again(open_page, demo, article):
    page = open_page("/smo/login/?next=/en/about/", may_leave=True)
    pids = network_pids(demo)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not set(pids) & set(network_pids(demo)))
    page.locator("button[name=with][value=demo]").click()
    expect(page.get_by_role("alert")).to_have_text(sentence(Fault.DOWN))
    eventually(lambda: is_up(demo.network), seconds=60)


def is_up(address: str) -> bool:
    try:
        urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


def test_a_page_with_the_ways_asks_nobody_else_and_sets_no_cookie(open_page, demo, article):
    page = open_page("/en/about/")
    expect(page.locator("main button[name=with][value=demo]")).to_be_visible()
    page.locator("header .smo-sign-in").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.goto(article)
    assert [one["name"] for one in page.context.cookies() if "csrf" not in one["name"]] == []


@pytest.mark.node
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_way(open_page, demo, width):
    axe = (checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = open_page("/smo/login/?next=/en/about/", may_leave=True, bypass_csp=True, width=width)

    def look() -> None:
        page.evaluate(axe)
        found = page.evaluate(AXE, RULES)["violations"]
        assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    look()
    page.locator("button[name=with][value=demo]").click()
    expect(page.get_by_role("heading", name="Who are you today?")).to_be_visible()
    look()
    be(page, "noor")
    look()
    page.get_by_role("button", name="Allow").click()
    expect(page.locator("[name=email]")).to_be_visible()
    look()


def test_who_comes_in_by_the_administration_is_greeted_everywhere_until_he_goes(open_page, demo):
    page = open_page("/admin/login/?next=/en/about/", may_fail=True)  # the toolbar of the CMS has handlers inline
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill("admin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/about/**")
    expect(name_in_head(page)).to_contain_text("admin")
    box = page.locator("main .smo-login")
    expect(box).to_contain_text("You are signed in as")
    expect(box.get_by_role("link", name="Your account")).to_have_attribute("href", "/smo/login/account/")
    expect(box.locator("button")).to_have_count(0)

    page.goto("/smo/login/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    assert "smo_in" not in {one["name"] for one in page.context.cookies()}
    page.goto("/en/about/")
    expect(page.locator("header .smo-sign-in")).to_have_text("Sign in")
    expect(box.locator("button")).not_to_have_count(0)
