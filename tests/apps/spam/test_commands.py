"""``smo_spam_train`` and ``smo_spam_eval``."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from smo_kit.spam.models import Band, Decision, Model, Print
from tests.apps.spam.texts import HAM, SPAM

pytestmark = pytest.mark.django_db
FIGURES = ("n", "accuracy", "precision", "recall", "f1", "ham_blocked", "published_spam", "held", "blocked_ham")


@pytest.fixture
def file(tmp_path):
    """Write a file of labelled texts: ``file("name.csv", [("spam", "text")])``."""

    def make(name, rows, heading=("label", "text")):
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([heading, *rows])
        return path

    return make


def labelled(spam, ham):
    mixed = [pair for two in zip(spam, ham, strict=True) for pair in zip(("spam", "ham"), two, strict=True)]
    return [
        ("1" if place % 3 else label, text) if label == "spam" else (label, text)
        for place, (label, text) in enumerate(mixed)
    ]


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_training_then_measuring_gives_all_figures_as_text_and_json(file):
    one, two = file("one.csv", labelled(SPAM[::2], HAM[::2])), file("two.csv", labelled(SPAM[1::2], HAM[1::2]))
    figures = json.loads(run("smo_spam_train", one, json=True))
    assert (figures["n"], figures["spam"], figures["sources"]) == (36, 18, 1)
    measured = json.loads(run("smo_spam_eval", two, json=True))
    assert set(FIGURES) <= set(measured)
    assert measured["n"] == 36
    assert measured["f1"] > 0.9
    assert measured["ham_blocked"] <= 0.1
    text = run("smo_spam_eval", two)
    assert all(name in text for name in FIGURES)


def test_an_evaluation_learns_the_first_rows_measures_the_rest_and_changes_nothing(file):
    path = file("two.csv", labelled(SPAM, HAM))
    before = json.loads(run("smo_spam_eval", path, json=True))
    after = json.loads(run("smo_spam_eval", path, learn=40, json=True))
    assert (after["n"], after["learned"]) == (32, 40)
    assert after["f1"] > before["f1"]
    assert [table.objects.count() for table in (Model, Decision, Print, Band)] == [0, 0, 0, 0]
    assert json.loads(run("smo_spam_eval", path, json=True)) == before


def test_other_columns_and_newlines_in_fields_are_no_matter(file):
    rows = [("x", "spam", f"{text}\nand more"), ("y", "ham", "Ordinary\r\nwords")] if (text := SPAM[0]) else []
    path = file("wide.csv", rows, heading=("video", "label", "text"))
    assert json.loads(run("smo_spam_eval", path, json=True))["n"] == 2


@pytest.mark.parametrize(
    ("rows", "heading", "message"),
    [
        ([("spam", "x")], ("kind", "text"), "no column label"),
        ([("maybe", "x")], ("label", "text"), "line 2: the label must be spam or ham"),
        ([("spam",)], ("label", "text"), "line 2: there is a label and no text"),
        ([("spam", "x")], ("label", "text"), "spam and ham"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_stored(file, rows, heading, message):
    with pytest.raises(CommandError, match=message):
        run("smo_spam_train", file("bad.csv", rows, heading))
    assert not Model.objects.exists()


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path):
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("none.csv", "binary.csv"):
        with pytest.raises(CommandError, match=name):
            run("smo_spam_eval", tmp_path / name)


def test_learning_all_leaves_nothing_to_measure(file):
    with pytest.raises(CommandError, match="must leave something"):
        run("smo_spam_eval", file("a.csv", [("spam", "x")]), learn=1)
