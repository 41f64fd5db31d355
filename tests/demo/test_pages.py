"""Pages of the magazine as a reader, a cache and a search engine meet them."""

from __future__ import annotations

import datetime as dt
import re
from unittest import mock
from xml.etree import ElementTree

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo_site.articles.models import Article
from demo_site.articles.pages import seed_pages
from demo_site.articles.sitemaps import SITEMAPS

PARTS = [f"/sitemap-{name}.xml" for name in SITEMAPS]
TOMORROW = timezone.now() + dt.timedelta(days=1)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def switch(response) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in soup(response).select(".tongues a")}


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def parsed(client, path, **headers):
    return BeautifulSoup(client.get(path, headers=headers).content, "xml")


def test_the_first_address_leads_to_english_whatever_the_browser_prefers(client, db):
    response = client.get("/", headers={"accept-language": "ru"})
    assert (response.status_code, response["Location"]) == (302, "/en/")


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/ru/",
        "/en/articles/",
        "/en/about/",
        "/robots.txt",
        "/sitemap.xml",
        *PARTS,
        "/en/atom.xml",
    ],
)
def test_a_page_of_an_empty_magazine_answers(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    "path", ["/ru/", "/ru/articles/", "/ru/articles/one-ru/", "/ru/tags/tea/", "/ru/authors/anna/", "/ru/about/"]
)
def test_a_public_page_is_the_same_for_everybody(client, make_article, path):
    make_article("one", "en", "ru", tags=("tea",), author="anna")
    readers = [
        {},
        {"accept-language": "en", "user-agent": "Twitterbot/1.0"},
        {"cookie": "csrftoken=broken"},
    ]
    client.get(path)  # the first showing of a lock says in the body what the head says from then on
    answers = [client.get(path, headers=headers) for headers in readers]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60"
        assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert answer["Content-Security-Policy"].startswith("default-src 'self';")
        assert answer["Content-Language"] == "ru"


@pytest.mark.usefixtures("pages")
def test_compressed_bytes_are_the_same_for_everybody(client, make_article):
    make_article("one", "en")
    assert len({client.get("/en/", headers={"accept-encoding": "gzip"}).content for _ in range(3)}) == 1


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("path", ["/{}/", "/{}/about/", "/{}/articles/", "/smo/saved/?l={}", "/{}/nowhere/"])
def test_every_page_leads_to_about_only_while_it_is_published_in_that_language(client, path):
    assert [abouts(client, path, code) for code in ("en", "ru")] == [2, 2]
    user = get_user_model().objects.get()
    content = PageContent.objects.get(language="ru", page__urls__path="about", page__urls__language="ru")
    content.versions.get().unpublish(user)
    assert [abouts(client, path, code) for code in ("en", "ru")] == [2, 0]


def abouts(client, path: str, code: str) -> int:
    """Return how often head and foot of a page lead to About."""
    page = soup(client.get(path.format(code)))
    return len(page.select(f'.menu a[href="/{code}/about/"], .imprint a[href="/{code}/about/"]'))


def test_a_browser_that_has_the_page_gets_no_second_copy(client, make_article):
    make_article("one", "en")
    first = client.get("/en/articles/one-en/")
    assert client.get("/en/articles/one-en/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_who_asks_for_the_head_alone_is_told_the_same_headers(client, make_article):
    make_article("one", "en")
    whole, head = client.get("/en/articles/one-en/"), client.head("/en/articles/one-en/")
    assert head.content == b""
    assert whole["ETag"]
    assert dict(head.headers) == dict(whole.headers)


def test_the_switch_leads_to_the_translation(client, make_article):
    make_article("one", "en", "ru")
    assert switch(client.get("/en/articles/one-en/")) == {"en": "/en/articles/one-en/", "ru": "/ru/articles/one-ru/"}


def test_the_switch_leads_to_the_list_where_there_is_no_translation(client, make_article):
    make_article("one", "en")
    assert switch(client.get("/en/articles/one-en/"))["ru"] == "/ru/articles/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/smo/saved/?l=ru", "/accounts/login/?next=/ru/articles/", "/accounts/login/?next=/smo/notify/inbox/%3Fl%3Dru"],
)
def test_an_address_without_a_language_speaks_the_one_it_is_told(client, path):
    page = soup(client.get(path, headers={"accept-language": "en"}))
    assert page.html["lang"] == "ru"


@pytest.mark.django_db
def test_the_switch_of_the_suites_own_page_leads_to_the_same_page(client):
    assert switch(client.get("/smo/saved/?l=ru"))["en"] == "/smo/saved/?l=en"


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("hidden", [{"is_public": False}, {"published_at": TOMORROW}])
def test_what_is_not_published_is_nowhere(client, make_article, hidden):
    make_article("secret", "en", tags=("tea",), author="anna", **hidden)
    assert client.get("/en/articles/secret-en/").status_code == 404
    assert client.get("/en/tags/tea/").status_code == 404
    assert client.get("/en/authors/anna/").status_code == 404
    for path in ("/en/", "/en/articles/", *PARTS, "/en/atom.xml"):
        assert b"secret" not in client.get(path).content


def test_a_tag_has_a_page_only_in_the_languages_of_its_articles(client, make_article):
    make_article("one", "ru", tags=("tea",))
    assert client.get("/en/tags/tea/").status_code == 404
    response = client.get("/ru/tags/tea/")
    assert soup(response).h1.text == "ру-tea"
    assert switch(response)["en"] == "/en/articles/"


@pytest.mark.usefixtures("pages")
def test_the_front_page_names_the_topics_of_the_newest_articles(client, make_article):
    for n, tag in enumerate(("old", "tea", "tea", "milk")):
        make_article(f"a{n}", "en", tags=(tag,), published_at=timezone.now() - dt.timedelta(days=9 - n))

    with mock.patch("demo_site.articles.querysets.LATELY", 3):
        topics = soup(client.get("/en/")).select(".tags a")
    assert [" ".join(one.text.split()) for one in topics] == ["tea 2", "milk 1"]


def test_a_list_leads_to_its_next_and_previous_pages(client, make_article):
    for number in range(25):
        make_article(f"a{number}", "en")
    middle = soup(client.get("/en/articles/?page=2"))
    assert middle.find("a", rel="next")["href"] == "?page=3"
    assert middle.find("a", rel="prev")["href"] == "/en/articles/"
    assert middle.find("link", rel="canonical")["href"].endswith("/en/articles/?page=2")
    assert soup(client.get("/en/articles/?page=3")).find("a", rel="next") is None
    assert soup(client.get("/en/articles/?page=nonsense")).find("a", rel="prev") is None


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/", 18),
        ("/en/articles/", 8),
        ("/en/tags/tea/", 10),
        ("/en/authors/anna/", 8),
        ("/en/atom.xml", 7),
        ("/sitemap.xml", 12),
        ("/sitemap-articles.xml", 2),
        ("/sitemap-tags.xml", 1),
        ("/sitemap-authors.xml", 2),
    ],
)
def test_a_list_of_many_asks_no_more_than_a_list_of_few(client, make_article, path, most):
    make_article("first", "en", "ru", tags=("tea",), author="anna")
    make_article("second", "en", tags=("tea", "milk"), author="anna")
    few = queries(client, path)
    for number in range(8):
        make_article(f"a{number}", "en", "ru", tags=("tea", f"t{number}"), author="anna")
    assert queries(client, path) == few <= most


def test_an_article_asks_little(client, make_article):
    make_article("one", "en", "ru", tags=("tea",), author="anna")
    assert queries(client, "/en/articles/one-en/") <= 7


def test_an_article_links_to_others_by_their_keys(client, make_article):
    make_article("two", "en", "ru")
    one = make_article("one", "en").translations.get()
    one.body = "[second](article:two) [lost](article:none)"
    one.save()
    links = soup(client.get("/en/articles/one-en/")).select(".prose > p a")
    assert [link.get("href") for link in links] == ["/en/articles/two-en/", None]


def test_an_author_is_a_profile(client, make_article):
    make_article("one", "en", author="anna")
    page = soup(client.get("/en/authors/anna/"))
    assert page.find("meta", property="og:type")["content"] == "profile"
    assert page.h1.text == "Anna"


@pytest.mark.usefixtures("pages")
def test_the_sitemap_names_each_page_with_its_translations(client, make_article):
    make_article("one", "en", "ru")
    make_article("two", "ru")
    entries = {entry.loc.text: entry for path in PARTS for entry in parsed(client, path).find_all("url")}
    host = next(iter(entries)).removesuffix("/en/")
    others = {link["href"] for link in entries[f"{host}/en/articles/one-en/"].find_all("link")}
    assert others == {f"{host}/en/articles/one-en/", f"{host}/ru/articles/one-ru/"}
    assert f"{host}/ru/articles/two-ru/" in entries
    assert {f"{host}/{code}/{page}" for code in ("en", "ru") for page in ("", "articles/", "about/")} <= set(entries)


@pytest.mark.usefixtures("pages")
def test_the_sitemap_is_an_index_of_parts_at_the_host_that_was_asked(client):
    found = parsed(client, "/sitemap.xml", host="example.org:81").find_all("loc")
    assert [loc.text for loc in found] == [f"http://example.org:81{part}" for part in PARTS]


@pytest.mark.usefixtures("pages")
def test_many_articles_are_in_parts_that_stay_as_they_are(client, make_article):
    for name in ("one", "two", "three"):
        make_article(name, "en", "ru")
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))

    with mock.patch("demo_site.articles.sitemaps.OF_PART", pks[1]):
        parts = [loc.text for loc in parsed(client, "/sitemap.xml").find_all("loc") if "articles" in loc.text]
        found = [
            [loc.text.rpartition("/articles/")[2] for loc in parsed(client, part).find_all("loc")] for part in parts
        ]
        assert client.get("/sitemap-articles.xml?p=3").status_code == 404
    assert [part.rpartition("/")[2] for part in parts] == ["sitemap-articles.xml", "sitemap-articles.xml?p=2"]
    assert found == [["two-en/", "two-ru/", "one-en/", "one-ru/"], ["three-en/", "three-ru/"]]


@pytest.mark.django_db
def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt", headers={"host": "example.org:81"}).content.decode()
    assert {"Sitemap: http://example.org:81/sitemap.xml", "Disallow: /smo/out/"} <= set(text.splitlines())


def test_each_language_has_its_feed(client, make_article):
    make_article("one", "en", "ru", author="anna", tags=("tea",))
    feed = BeautifulSoup(client.get("/ru/atom.xml").content, "xml")
    assert [entry.title.text for entry in feed.find_all("entry")] == ["one ru"]
    assert feed.entry.author.find("name").text == "anna-по-русски"
    assert feed.feed["xml:lang"] == "ru"


def test_control_characters_do_not_break_the_feed(client, make_article):
    article = make_article("one", "en", author="\x0banna", tags=("te\x0ba",))
    article.translations.update(title="A\x0bB\uffff", lead="C\x1f\nD")
    response = client.get("/en/atom.xml")
    assert response.status_code == 200
    entry = ElementTree.fromstring(response.content).find("{*}entry")
    assert [entry.findtext(f"{{*}}{name}") for name in ("title", "summary", "author/{*}name")] == ["AB", "C D", "Anna"]
    assert entry.find("{*}category").get("term") == "tea"


@pytest.mark.usefixtures("pages")
def test_a_title_stands_in_the_direction_of_its_own_script(client, make_article):
    for key in ("one", "two", "three"):
        make_article(key, "en", tags=("tea",), author="anna")
    page = soup(client.get("/en/articles/one-en/"))
    assert {one["dir"] for one in page.select(".story-head h1, .story-head .lead, .prose")} == {"auto"}
    for path in ("/en/", "/en/articles/"):
        shown = soup(client.get(path)).select("article h2, article h3, article .lead, article .kicker a")
        assert len(shown) == 9
        assert {one.get("dir") for one in shown} == {"auto"}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "words"), [("/en/nowhere/", "no such page"), ("/ru/nowhere/", "Такой страницы нет")])
def test_a_missing_page_says_so_in_the_language_of_its_address(client, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert words in soup(response).h1.text
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_our_own_fault_gives_a_page(client, db, monkeypatch):
    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("demo_site.articles.views._list", broken)
    client.raise_request_exception = False
    response = client.get("/ru/articles/")
    assert response.status_code == 500
    assert "сломалось" in soup(response).h1.text


class Away(BaseCache):
    """A cache that answers nothing: BaseCache raises."""

    def __init__(self, location: str, params: dict[str, object]) -> None:
        super().__init__(params)


def test_the_page_of_our_own_fault_asks_neither_database_nor_cache(settings):
    """pytest-django keeps this test from the database."""
    settings.CACHES = {"default": {"BACKEND": "tests.demo.test_pages.Away"}}
    with pytest.raises(NotImplementedError):
        cache.get("anything")
    assert "broke" in render_to_string("500.html")


@pytest.fixture
def reader(db):
    user = get_user_model().objects.create_user("reader", "reader@example.org", "strong-word-1")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def form(then: str, password: str = "strong-word-1") -> dict[str, str]:
    return {"login": "reader", "password": password, "next": then}


def test_a_reader_signs_in_and_out(client, reader):
    page = client.get("/accounts/login/?next=/ru/articles/")
    assert "no-store" in page["Cache-Control"]
    assert soup(client.post("/accounts/login/", form("/ru/", "x"))).select_one("[role=alert]")
    assert client.post("/accounts/login/", form("/ru/articles/"))["Location"] == "/ru/articles/"
    assert "reader" in soup(client.get("/smo/login/")).select_one(".desk [role=status]").text
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_a_reader_is_never_sent_to_another_site(client, reader):
    assert client.post("/accounts/login/", form("https://evil.example/"))["Location"] == "/"


@pytest.mark.parametrize(("count", "words"), [(1, "1 статья"), (3, "3 статьи"), (5, "5 статей")])
def test_counts_are_russian_in_russian(client, make_article, count, words):
    for number in range(count):
        make_article(f"a{number}", "ru")
    assert soup(client.get("/ru/articles/")).select_one(".list-head").find(string=re.compile("стат")).strip() == words


def test_media_may_be_kept_for_ever(client, db, settings):
    (settings.MEDIA_ROOT / "a.txt").write_text("a")
    response = client.get("/media/a.txt")
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"a"
    assert client.get("/media/../secret_key").status_code == 400


@pytest.mark.usefixtures("pages")
def test_the_switch_of_an_editors_page_leads_to_its_translation(client):
    assert switch(client.get("/en/about/")) == {"en": "/en/about/", "ru": "/ru/about/"}


@pytest.mark.usefixtures("pages")
def test_the_front_page_and_about_are_made_of_blocks(client):
    assert soup(client.get("/en/")).select_one("main .smo-pass")
    about = soup(client.get("/ru/about/"))
    assert about.select_one("main .smo-pass")
    assert about.find("meta", property="og:title")["content"] == "О журнале «Поделиться стоит»"


@pytest.mark.usefixtures("pages")
def test_an_editor_has_the_toolbar_and_nobody_else(client):
    assert b"cms-toolbar" not in client.get("/en/about/").content
    client.force_login(get_user_model().objects.get())
    page = client.get("/en/about/")
    assert b"cms-toolbar" in page.content
    assert "private" in page["Cache-Control"]
    assert "Cookie" in page["Vary"]
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert "unsafe" not in client.get("/en/articles/")["Content-Security-Policy"]


def test_pages_are_made_once(pages):
    assert seed_pages() == 0
