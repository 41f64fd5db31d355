"""Texts that are kept for readers of other languages."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, override

from smo_kit.core.sayings import Saying, gettext, ngettext, packed, said, spoken

REST = "; the longest, of %(words)d, begins “%(start)s”."


def again(thing, language="ru"):
    """Return what a reader of the language gets of what was kept."""
    kept = json.loads(json.dumps(packed(thing)))
    with override(language):
        return spoken(kept)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_a_message_is_said_again_in_another_language():
    text = gettext("Yes")
    assert (text, again(text), again(text, "en")) == ("Yes", "Да", "Yes")


def test_with_what_was_put_into_it():
    text = gettext("Delete “%(name)s”") % {"name": "100% \x00x"}
    assert text == "Delete “100% x”" == again(text)


def test_numbers_decide_the_form_of_the_language_that_is_spoken():
    one, many = (f"%(count)d {words} more than %(most)d words{REST}" for words in ("paragraph has", "paragraphs have"))
    values = {"most": 120, "words": 200, "start": "It"}
    found = [ngettext(one, many, n) % {"count": n, **values} for n in (1, 2, 5)]
    assert [" ".join(text.split()[:3]) for text in found] == [
        "1 paragraph has",
        "2 paragraphs have",
        "5 paragraphs have",
    ]
    assert [" ".join(text.split()[:3]) for text in again(found)] == [
        f"{n} длиннее" for n in ("1 абзац", "2 абзаца", "5 абзацев")
    ]


def test_days_are_written_as_the_language_writes_them():
    text = gettext("Since %(day)s") % {"day": dt.datetime(2024, 3, 2, 12, tzinfo=dt.UTC)}
    assert (text, again(text)) == ("Since 03/02/2024", "Since 02.03.2024")


def test_a_saying_within_a_saying():
    assert again(gettext("It: %(why)s") % {"why": gettext("Yes")}) == "It: Да"
    assert again(gettext("It: %(why)s") % {"why": gettext_lazy("Yes")}) == "It: Да"


def test_lists_are_joined():
    text = gettext("It: %(all)s") % {"all": [gettext("Yes"), "x", 1.5, dt.date(2024, 3, 2)]}
    assert (text, again(text)) == ("It: Yes, x, 1.5, 03/02/2024", "It: Да, x, 1.5, 02.03.2024")


def test_lazy_texts_are_sayings_where_they_are_messages():
    assert again(said(gettext_lazy("Yes"))) == "Да"
    for text in (format_lazy("{} {}", gettext_lazy("Yes"), 7), lazystr("Seven")):
        assert again(said(text)) == str(text)
    assert again(said("Yes")) == "Yes"


def test_all_else_is_kept_as_it_is():
    thing = {"a": [1, 2.5, None, True, "x"], "b": {"c": "%(x)s"}}
    assert again(thing) == thing


def test_other_values_are_put_in_as_into_any_text():
    text = gettext("%s of %s") % (1, 2)
    assert (text, isinstance(text, Saying)) == ("1 of 2", False)
