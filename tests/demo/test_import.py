"""``demo_import``: real text of any kind comes in, once each, and what is wrong is named."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demo_site.articles import imports
from demo_site.articles.imports import BadLine, document_of, language_of
from demo_site.articles.management.commands import demo_import
from demo_site.articles.models import Article, Tag, Translation
from smo_kit.best.models import Neighbour
from smo_kit.core.models import CardRow


def write(folder: Path, *rows: object, name: str = "articles.jsonl") -> Path:
    file = folder / name
    lines = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()
    file.write_bytes(gzip.compress(lines) if name.endswith("gz") else lines)
    return file


def load(file: Path, **options) -> dict:
    out = StringIO()
    call_command("demo_import", articles=file, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def document(**fields):
    return document_of(json.dumps({"id": "1", "text": "Some text."} | fields).encode())


@pytest.mark.django_db
def test_an_article_comes_in_whole(tmp_path):
    row = {"id": 7, "title": "Tea", "text": "Green *tea*.", "tags": ["Drinks", "Чай"], "date": "2024-05-06"}
    assert load(write(tmp_path, row)) == {"read": 1, "created": 1, "updated": 0, "bad": []}
    one = Translation.objects.get()
    assert (one.title, one.body, one.language, one.summary) == ("Tea", "Green *tea*.", "en", "Green tea.")
    assert one.article.published_at.date().isoformat() == "2024-05-06"
    assert one.article.author.name == "The editors"
    assert {tag.slug: tag.name_en for tag in one.article.tags.all()} == {"drinks": "Drinks", "chai": "Чай"}


@pytest.mark.django_db
def test_loading_twice_leaves_one_of_each_as_it_was_said_last(tmp_path, client):
    load(write(tmp_path, {"id": "a", "title": "Old", "text": "Old.", "tags": ["x", "y"]}, {"id": "b", "text": "B."}))
    again = load(write(tmp_path, {"id": "a", "title": "New", "text": "New.", "tags": ["y"]}))
    assert (again["created"], again["updated"]) == (0, 1)
    assert sorted(Translation.objects.values_list("title", flat=True)) == ["B.", "New"]
    one = Translation.objects.get(title="New")
    assert [tag.slug for tag in one.article.tags.all()] == ["y"]
    assert client.get(one.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_a_text_that_changes_its_language_moves(tmp_path):
    load(write(tmp_path, {"id": "a", "text": "English text."}))
    load(write(tmp_path, {"id": "a", "text": "Русский текст."}))
    assert Translation.objects.get().language == "ru"


@pytest.mark.django_db
def test_ids_of_any_kind_stay_apart(tmp_path):
    ids = ["a", "A", "é", "e", "a/b", "a-b", "x" * 300, "x" * 301, "<b>", 5, "💥"]
    assert load(write(tmp_path, *({"id": one, "text": "Text."} for one in ids)))["created"] == len(ids)
    assert Article.objects.count() == len(ids)


@pytest.mark.django_db
def test_the_same_id_twice_in_a_file_is_one_article(tmp_path):
    load(write(tmp_path, {"id": "a", "text": "One."}, {"id": "a", "text": "Two."}))
    assert Translation.objects.get().body == "Two."


@pytest.mark.django_db
def test_a_bad_line_is_named_and_the_others_are_kept(tmp_path):
    file = write(
        tmp_path,
        {"id": "1", "text": "Good."},
        "{broken",
        "",
        "[1]",
        {"id": "2"},
        {"text": "x"},
        {"id": "3", "text": "Good."},
    )
    report = load(file)
    assert report["created"] == 2
    assert [bad["line"] for bad in report["bad"]] == [2, 4, 5, 6]


@pytest.mark.django_db
def test_a_person_is_told_the_numbers_of_bad_lines(tmp_path):
    out, errors = StringIO(), StringIO()
    file = write(tmp_path, {"id": "1", "text": "Good."}, {"id": "2", "text": "x", "date": "yesterday"})
    call_command("demo_import", articles=file, stdout=out, stderr=errors)
    assert errors.getvalue().startswith("line 2 date 'yesterday' is not like 2026-11-23")
    assert out.getvalue().strip() == "1 articles added, 0 updated, 1 bad lines left out."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\xff\xfe", "no JSON"),
        (b"nonsense", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"12", "must be an object"),
        (b'{"id": "1", "text": "  "}', "has no text"),
        (b'{"text": "x"}', "has no id"),
        (b'{"id": true, "text": "x"}', "id must be a string"),
        (b'{"id": "1", "text": ["x"]}', "text must be a string"),
        (b'{"id": "1", "text": "x", "tags": 5}', "tags must be a list"),
        (b'{"id": "1", "text": "x", "tags": [5]}', "tags must be a list"),
        (b'{"id": "1", "text": "x", "date": "2026-02-31"}', "not on the calendar"),
    ],
)
def test_a_line_that_is_no_article_says_why(line, why):
    with pytest.raises(BadLine, match=why):
        document_of(line)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("First sentence. Second.", "First sentence."),
        ("Правда ли? Да!", "Правда ли?"),
        ("## Heading\n\nThe text begins here. And goes on.", "Heading"),
        ("«Кто там?» — спросил он.", "«Кто там?»"),
        ("No end at all", "No end at all"),
        ("Hard\nwrapped *words*. Second.", "Hard wrapped words."),
        ("***", "***"),
    ],
)
def test_a_text_without_a_title_takes_its_first_sentence(text, title):
    assert document(text=text).title == title


def test_a_long_first_sentence_is_cut():
    assert document(text="word " * 500).title.endswith("…")
    assert len(document(text="word " * 500).title) <= imports.TITLE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plain English.", "en"),
        ("Простой русский.", "ru"),
        ("Свойство `display: inline-flex` принимает значения", "ru"),
        ("The word «да» means yes in Russian", "en"),
        ("123", "en"),
        ("日本語", "en"),
    ],
)
def test_the_language_is_guessed_by_the_letters(text, language):
    assert language_of(text) == language


@pytest.mark.django_db
def test_the_language_can_be_said(tmp_path):
    load(write(tmp_path, {"id": "1", "text": "English."}), language="ru")
    assert Translation.objects.get().language == "ru"


@pytest.mark.django_db
def test_a_packed_file_is_read_whatever_its_name(tmp_path):
    packed = write(tmp_path, {"id": "1", "text": "x"}, name="a.jsonl.gz")
    assert load(packed.rename(tmp_path / "a.jsonl"))["created"] == 1


@pytest.mark.django_db
def test_a_file_that_ends_in_the_middle_is_told(tmp_path):
    packed = write(tmp_path, *({"id": str(n), "text": "x" * n} for n in range(99)), name="a.jsonl.gz")
    packed.write_bytes(packed.read_bytes()[:-30])
    with pytest.raises(CommandError, match="can't be read"):
        load(packed)


@pytest.mark.django_db
def test_what_was_loaded_before_an_interruption_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "CHUNK", 2)
    real = imports.document_of

    def interrupted(line: bytes, language: str = ""):
        if b'"5"' in line:
            raise KeyboardInterrupt
        return real(line, language)

    file = write(tmp_path, *({"id": str(n), "text": "Text."} for n in range(8)))
    monkeypatch.setattr(imports, "document_of", interrupted)
    with pytest.raises(CommandError, match=r"4 articles are kept\. Run it again") as stopped:
        load(file)
    assert stopped.value.returncode == 130
    monkeypatch.setattr(imports, "document_of", real)
    assert load(file) == {"read": 8, "created": 4, "updated": 4, "bad": []}


@pytest.mark.django_db
def test_articles_have_their_snapshots_at_once(tmp_path):
    load(write(tmp_path, {"id": "1", "title": "Tea", "text": "Text."}))
    assert [(row.title, row.language) for row in CardRow.objects.all()] == [("Tea", "en")]


@pytest.mark.django_db
def test_articles_have_their_neighbours_at_once(tmp_path):
    words = ("green tea leaves", "black tea leaves", "rum from sugar cane", "whisky from barley", "cider from apples")
    load(write(tmp_path, *({"id": str(n), "text": f"On {text} and how it is made."} for n, text in enumerate(words))))
    assert Neighbour.objects.filter(place__isnull=False).exists()


@pytest.mark.django_db
def test_a_chunk_costs_the_same_queries_whatever_its_size(tmp_path, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(demo_import, "read_texts", lambda quiet: None)  # the index has tests of its own
    load(write(tmp_path, {"id": "warm", "text": "x", "tags": ["a"]}))
    file = write(tmp_path, *({"id": str(n), "text": "x", "tags": [f"t{n}", "a"]} for n in range(150)))
    with django_assert_max_num_queries(40):
        load(file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\u202etxet \x00\x07 \ud83d",
        "]]>",
        "{{ 7|add:7 }}{% x %}",
        "ا\u0628\u062a",
        "z̸̢̛" * 200,
        "\"'><b>",
    ],
)
def test_hostile_text_makes_right_pages(tmp_path, client, text):
    load(write(tmp_path, {"id": text, "title": text, "text": text, "tags": [text]}))
    one = Translation.objects.get()
    pages = [one.get_absolute_url(), "/en/", "/en/articles/", *(tag.get_absolute_url() for tag in Tag.objects.all())]
    for path in [*pages, "/sitemap-articles.xml", "/sitemap-tags.xml", "/en/atom.xml"]:
        response = client.get(path)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content
        assert b'"><b>' not in response.content


def test_nothing_to_load_and_a_missing_file_are_told(tmp_path):
    with pytest.raises(CommandError, match=r"--articles FILE\.jsonl"):
        call_command("demo_import")
    with pytest.raises(CommandError, match="can't be read"):
        call_command("demo_import", articles=tmp_path / "none.jsonl")
