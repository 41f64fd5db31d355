"""Letters made of templates."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from django.template.exceptions import TemplateDoesNotExist
from django.test import RequestFactory
from django.utils.translation import get_language

from smo_kit.mail.letters import SUBJECT_LENGTH, Letter, letter_from_templates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_templates(settings: Any) -> None:
    engines = copy.deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = engines


def made(name: str = "hello", who: str = "<Ann> & Co", **fields: Any) -> Letter:
    known = {"to": "ann@example.org", "kind": "news", **fields}
    return letter_from_templates(f"mails/{name}", {"who": who}, **known)


def test_the_text_is_plain_and_the_html_is_escaped() -> None:
    letter = made(reason="You follow Ann's posts.")

    assert letter.text.startswith("Hello <Ann> & Co, look: https://example.com/x/?a=1&b=2\n")
    assert "You follow Ann's posts." in letter.text
    assert "<p>Hello &lt;Ann&gt; &amp; Co</p>" in letter.html
    assert "You follow Ann&#x27;s posts." in letter.html


def test_a_letter_is_in_the_recipients_language_and_leaves_the_callers() -> None:
    letter = made(language="ru", who="Анна")

    assert letter.subject.endswith("Анна ru")
    assert '<html lang="ru">' in letter.html
    assert letter.language == "ru"
    assert get_language() == "en"


def test_a_subject_is_one_line_and_not_too_long() -> None:
    assert made(who="A\r\nBcc: all@example.org").subject == "Unsubscribe: A Bcc: all@example.org en"
    assert len(made("bare", who="word " * 100).subject) <= SUBJECT_LENGTH


def test_the_link_that_ends_such_mails_is_in_text_html_and_header_alike() -> None:
    letter = made()

    assert letter.unsubscribe.startswith("https://example.com/smo/mail/unsubscribe/")
    assert f"Unsubscribe: {letter.unsubscribe}" in letter.text
    assert f'href="{letter.unsubscribe}"' in letter.html


def test_a_kind_that_can_not_be_ended_offers_no_link() -> None:
    letter = made(kind="duty", who="Ann")

    assert letter.unsubscribe == ""
    assert "nsubscribe" not in letter.text + letter.html.partition("<body>")[2]


def test_links_lead_to_where_the_site_was_asked(rf: RequestFactory) -> None:
    assert "http://testserver/x/" in made(request=rf.get("/")).text


def test_a_letter_needs_no_html() -> None:
    assert made("bare").html == ""


def test_a_fault_in_the_html_is_no_missing_html() -> None:
    with pytest.raises(TemplateDoesNotExist, match=r"missing\.html"):
        made("broken")


def test_a_mail_fetches_nothing_from_anywhere_and_is_right_in_the_dark() -> None:
    html = made().html

    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)
    assert 'name="color-scheme" content="light dark"' in html
    assert not re.search(r"[^-]color: *[#a-z]", html)
