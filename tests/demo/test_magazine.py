"""What the magazine brings with it is whole: texts, translations, theme, versions."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from PIL import Image

from demo_site.articles.content import NoHead, read
from demo_site.articles.models import Article, Author, Tag, Translation
from demo_site.articles.seed import make_admin, seed
from demo_site.articles.texts import keys_in
from demo_site.environment import ADMIN
from smo_kit.follow.models import Account

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "demo_site"
CONTENT = SITE / "content"
LANGUAGES = ("en", "ru")
KEYS = sorted(file.stem for file in (CONTENT / "en").glob("*.md"))


def test_there_are_at_least_twelve_articles_in_each_language():
    assert len(KEYS) >= 12
    assert sorted(file.stem for file in (CONTENT / "ru").glob("*.md")) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_an_article_says_all_that_its_page_shows(key):
    texts = {code: read(CONTENT / code / f"{key}.md") for code in LANGUAGES}
    for code, text in texts.items():
        for name in ("slug", "title", "lead", "author", "published", "tags", "cover", "cover_alt"):
            assert text.head.get(name), f"{code}: {name}"
        assert re.fullmatch(r"[a-z0-9-]+", text.head["slug"])
        assert text.head["author"] in json.loads((CONTENT / "authors.json").read_text())
        assert keys_in(text.body) <= set(KEYS)
    assert len({len(text.words("tags")) for text in texts.values()}) == 1
    assert len({text.head["cover"] for text in texts.values()}) == 1
    with Image.open(CONTENT / "covers" / texts["en"].head["cover"]) as cover:
        assert cover.width >= 1200


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_about_the_magazine_is_there_in_each_language(code):
    text = read(CONTENT / "pages" / code / "about.md")
    assert text.title
    assert text.lead
    assert keys_in(text.body) <= set(KEYS)


def test_a_text_without_a_head_says_how_to_write_one(tmp_path):
    (tmp_path / "a.md").write_text("Just text.")
    with pytest.raises(NoHead, match="begin with a line ---"):
        read(tmp_path / "a.md")


@pytest.fixture
def small_magazine(tmp_path, settings) -> Path:
    """Two articles, one of them in one language, and a cover."""
    for code, words in (("en", "tea, milk"), ("ru", "чай, молоко")):
        (tmp_path / code).mkdir()
        head = (
            f"---\nslug: one-{code}\ntitle: One: {code}\nlead: L\nauthor: anna\npublished: 2999-01-01T09:00:00+00:00\n"
        )
        (tmp_path / code / "one.md").write_text(f"{head}tags: {words}\ncover: one.jpg\n---\nBody")
    (tmp_path / "en" / "two.md").write_text("---\ntitle: Two\n---\nBody")
    (tmp_path / "covers").mkdir()
    Image.new("RGB", (500, 300)).save(tmp_path / "covers" / "one.jpg")
    (tmp_path / "authors.json").write_text('{"anna": {"name": {"en": "Anna", "ru": "Анна"}}}')
    accounts = [("telegram", "us"), ("rss", "/{language}/atom.xml"), ("myspace", "us"), ("email", "us")]
    (tmp_path / "accounts.json").write_text(
        json.dumps([{"network": one, "handle": handle} for one, handle in accounts])
    )
    settings.CONTENT = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_an_empty_database_is_filled_once(small_magazine, client):
    assert (seed(), seed()) == (2, 0)
    assert sorted(Translation.objects.values_list("slug", flat=True)) == ["one-en", "one-ru", "two"]
    assert Author.objects.get().name_ru == "Анна"
    assert list(Tag.objects.values_list("slug", "name_en", "name_ru")) == [
        ("milk", "Milk", "Молоко"),
        ("tea", "Tea", "Чай"),
    ]
    assert "covers/one-400.webp" in client.get("/ru/articles/one-ru/").content.decode()


@pytest.mark.django_db
def test_an_article_stands_under_the_tag_that_its_author_named_first(small_magazine, client):
    seed()
    Article.objects.get(key="two").tags.add(*Tag.objects.filter(slug="milk"))
    Article.objects.get(key="two").tags.add(*Tag.objects.filter(slug="tea"))
    for path, tags in (("/en/articles/one-en/", ["Tea", "Milk"]), ("/en/articles/two/", ["Milk", "Tea"])):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert page.select_one(".story-head .kicker").text == tags[0]
        assert [tag.text for tag in page.select(".story-foot .tags a")] == tags
    kickers = {one.h2.text: one.select_one(".kicker").text for one in listed(client, "/en/articles/")}
    assert kickers == {"One: en": "Tea", "Two": "Milk"}


def listed(client, path: str):
    return BeautifulSoup(client.get(path).content, "html.parser").select("article.teaser")


@pytest.mark.django_db
def test_an_article_of_tomorrow_is_there_on_a_machine_whose_clock_is_late(small_magazine, client):
    seed()
    assert client.get("/en/articles/one-en/").status_code == 200


@pytest.mark.django_db
def test_accounts_are_those_of_networks_that_can_be_followed(small_magazine):
    seed()
    expected = [("telegram", "us"), ("rss", "/{language}/atom.xml")]
    assert list(Account.objects.values_list("network", "handle")) == expected


@pytest.mark.django_db
def test_a_cover_left_by_a_lost_database_is_replaced(small_magazine):
    seed()
    Article.objects.all().delete()
    Account.objects.all().delete()
    seed()
    assert Article.objects.get(key="one").cover.name == "covers/one.jpg"


@pytest.mark.django_db
def test_the_demos_admin_is_made_only_where_there_is_no_user():
    assert make_admin()
    assert get_user_model().objects.get().check_password(ADMIN)
    assert not make_admin()


@pytest.mark.django_db
def test_nobody_signs_in_as_the_admin_of_a_demo_that_was_given_no_password(settings):
    settings.SMO_DEMO_ADMIN_PASSWORD = None
    assert make_admin()
    assert not get_user_model().objects.get().has_usable_password()


@pytest.mark.django_db
def test_the_password_that_everybody_knows_ends_where_others_reach_the_demo(settings):
    make_admin()
    settings.SMO_DEMO_ADMIN_PASSWORD = "stone-by-stone"
    assert not make_admin()
    assert get_user_model().objects.get().check_password("stone-by-stone")
    settings.SMO_DEMO_ADMIN_PASSWORD = None
    make_admin()
    assert get_user_model().objects.get().check_password("stone-by-stone")


def test_every_text_is_translated_and_compiled():
    catalogue = polib.pofile(SITE / "locale" / "ru" / "LC_MESSAGES" / "django.po")
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
    compiled = polib.mofile(SITE / "locale" / "ru" / "LC_MESSAGES" / "django.mo")
    assert {(e.msgid, e.msgstr, *e.msgstr_plural.values()) for e in compiled} == {
        (e.msgid, e.msgstr, *e.msgstr_plural.values()) for e in catalogue
    }


def test_every_text_in_the_templates_is_in_the_catalogue():
    known = {entry.msgid for entry in polib.pofile(SITE / "locale" / "ru" / "LC_MESSAGES" / "django.po")}
    said = {
        text
        for file in (ROOT / "templates").rglob("*.html")
        for text in re.findall(r'{% translate "([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert said
    assert said - known == set()


def test_the_theme_weighs_at_most_ten_kilobytes():
    files = [file for kind in ("*.css", "*.js") for file in (SITE / "static").rglob(kind)]
    assert 0 < sum(len(gzip.compress(file.read_bytes())) for file in files) <= 10_000


def test_versions_are_pinned_without_addresses():
    lines = [
        line for line in (ROOT / "constraints" / "pinned.txt").read_text().splitlines() if not line.startswith("#")
    ]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+(; python_version [\w<>=.' ]+)?", line)] == []
    assert any(line.startswith("django==5.2") for line in lines)
    assert any(line.startswith("django==6.1") for line in lines)


@pytest.mark.django_db
def test_the_demos_migrations_are_all_there():
    call_command("makemigrations", "articles", check=True, dry_run=True, verbosity=0)
