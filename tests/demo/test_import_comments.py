"""``demo_import --comments``: comments of a table come in at their articles, once each."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demo_site.articles.comments import rows_of
from demo_site.articles.models import Translation
from smo_kit.comments.models import Discussion, Entry
from tests.demo.test_import import write as write_articles


@pytest.fixture
def articles(tmp_path, db) -> Path:
    rows = [
        {"id": "a/1", "title": "Tea", "text": "Green tea.", "date": "2024-05-06"},
        {"id": 2, "text": "Кофе с молоком."},
    ]
    return write_articles(tmp_path, *rows)


def table(folder: Path, head: str, *rows: tuple) -> Path:
    file = folder / "comments.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([head.split(","), *rows])
    return file


def load(comments: Path, articles: Path | None = None) -> dict:
    out = StringIO()
    call_command("demo_import", comments=comments, articles=articles, json=True, stdout=out)
    return json.loads(out.getvalue())


def tree() -> dict[str, str | None]:
    return dict(Entry.objects.order_by("pk").values_list("comment__comment", "parent__comment__comment"))


def test_articles_and_their_comments_come_in_together(articles, tmp_path):
    comments = table(
        tmp_path,
        "text,post,parent,author",
        ("Mine is black,\nalways.", "a/1", "", "Ada"),
        ("Why?", "a/1", "0", "Bob"),
        ("И сахар.", "2", "", ""),
        ("Lost", "nowhere", "", "Eve"),
    )
    told = load(comments, articles)

    assert told["created"] == 2
    assert told["comments"]["imported"] == 3
    assert told["comments"]["unmatched"] == [{"page": "nowhere", "comments": 1}]
    assert tree() == {"Mine is black,\nalways.": None, "Why?": "Mine is black,\nalways.", "И сахар.": None}
    assert list(Entry.objects.order_by("pk").values_list("comment__user_name", "language")) == [
        ("Ada", "en"),
        ("Bob", "en"),
        ("Guest", "ru"),
    ]
    assert sorted(Discussion.objects.values_list("count", flat=True)) == [1, 2]


def test_comments_go_to_the_discussion_of_their_articles_language(articles, tmp_path, settings):
    settings.SMO_KIT = {"COMMENTS": {"per_language": True}}
    load(table(tmp_path, "text,post", ("One", "a/1"), ("Два", "2")), articles)

    assert dict(Discussion.objects.values_list("language", "count")) == {"en": 1, "ru": 1}


def test_loading_twice_adds_nothing(articles, tmp_path):
    comments = table(tmp_path, "text,post,parent,author", ("One", "2", "", "Ada"), ("Two", "2", "0", "Bob"))
    load(comments, articles)
    assert load(comments)["comments"]["there"] == 2
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("text,post,parent,author", [("A", "2", "", ""), ("B", "2", "0", ""), ("C", "2", "1", "")]),
        ("text,post,parent,author", [("A", "2", "0", ""), ("B", "2", "1", ""), ("C", "2", "2", "")]),
        ("text,post,parent,author", [("A", "2", "nan", ""), ("B", "2", "0.0", ""), ("C", "2", "1.0", "")]),
        ("id,text,post,parent", [("x", "A", "2", ""), ("y", "B", "2", "x"), ("z", "C", "2", "y")]),
        ("id,text,post,parent", [("z", "C", "2", "y"), ("y", "B", "2", "x"), ("x", "A", "2", "")]),
        ("label, Text ,POST,Parent", [("ham", "A", "2", ""), ("ham", "B", "2", "0"), ("ham", "C", "2", "1")]),
    ],
)
def test_a_parent_is_a_rows_id_or_its_number(articles, tmp_path, head, rows):
    load(table(tmp_path, head, *rows), articles)
    assert tree() == {"A": None, "B": "A", "C": "B"}


def test_posts_are_known_by_slug_and_title_too(articles, tmp_path):
    call_command("demo_import", articles=articles, stdout=StringIO())
    slug = Translation.objects.get(title="Tea").slug
    told = load(table(tmp_path, "text,post", ("A", slug), ("B", "Tea"), ("C", ""), ("", "Tea")))

    assert told["comments"]["imported"] == 2
    assert told["comments"]["left"] == {"it names no post": 1, "it has no text": 1}


def test_what_is_missing_is_told_in_words(articles, tmp_path):
    out = StringIO()
    call_command("demo_import", comments=table(tmp_path, "text,post", ("A", "x")), stdout=out)
    assert out.getvalue().splitlines()[:3] == [
        "0 comments added, 0 were there already, 1 left out.",
        "      1 left out: its page is not here",
        "      1 of x",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "line 1: the columns text and post are needed"),
        (b"", "line 1: the columns text and post are needed"),
        (b"text,post\nx,1\n\xff\xfe,2\n", "not in UTF-8"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path, content, words, db):
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("demo_import", comments=file)
    with pytest.raises(CommandError, match="can't be read"):
        call_command("demo_import", comments=tmp_path / "none.csv")


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes("\ufefftext,post\n\nx,1\n".encode())
    assert [(row.text, row.post) for row in rows_of(file)] == [("x", "1")]
