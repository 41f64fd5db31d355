"""What ``{% smo_head %}`` prints."""

from __future__ import annotations

import datetime as dt
import json
import logging

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.contrib.sites.models import Site
from django.template import engines

from smo_kit.core import head as core_head
from smo_kit.core.cards import Card, NotRegistered, Picture, cards_for
from smo_kit.core.head import Addition
from smo_kit.core.pages import Page
from smo_kit.core.text import graphemes
from smo_kit.meta.facts import LEAST_TITLE
from smo_kit.meta.head import head_for
from tests.apps.meta.conftest import content
from tests.blog.models import Described, Post, Story, Telling, Unknown

pytestmark = pytest.mark.django_db

HOSTILE = [
    '</title></script><script>alert("1")</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ secret }}{% now %}&lt;b&gt; &amp;amp;",
    "\x00nul\x00 and \x1b[31m escapes\x7f",
    "line\u2028separator\u2029and\nbreaks\r\n",
    "-->]]><!--<![CDATA[",
    '<![><img src="]><img',
    "\u202egnol\u202c turned \ud800 halves",
    "Заголовок «в кавычках» и ёлки",
    "عنوان باللغة العربية",
    "漢字の見出し",
    "👩‍👩‍👧‍👦🏳️‍🌈🇷🇺 family",
    "Z̸̢̛͔͓̑͐͜a̴l̷g̶o",
    "",
    "   ",
]


def card(**fields) -> Card:
    return Card(**{"url": "/somewhere/", "title": "A title", "language": "en", **fields})


def printed(thing: Card) -> BeautifulSoup:
    html = engines["django"].from_string("{% load smo %}{% smo_head thing %}").render({"thing": thing})
    html.encode()
    return BeautifulSoup(html, "html.parser")


def graph(soup: BeautifulSoup) -> dict[str, dict]:
    whole = json.loads(soup.find("script", type="application/ld+json").string)
    assert whole["@context"] == "https://schema.org"
    return {node["@type"]: node for node in whole["@graph"]}


def links(soup: BeautifulSoup, rel: str) -> list[dict[str, str]]:
    return [{k: v for k, v in link.attrs.items() if k != "rel"} for link in soup.find_all("link", rel=rel)]


@pytest.fixture
def additions(monkeypatch):
    """What a neighbour adds to the head, in this test only."""
    sources: list = []
    monkeypatch.setattr(core_head, "_sources", sources)
    return lambda **fields: sources.append(lambda card, request, key: Addition(**fields))


def test_an_article_prints_all_of_this_and_nothing_else(client, additions, settings):
    anna = User.objects.create(username="anna", first_name="Anna", last_name="Bright")
    when = dt.datetime(2026, 3, 1, 9, 30, 15, 500, tzinfo=dt.UTC)
    Post.objects.create(slug="tea", title="Tea & talk", lead="On <tea>.", author=anna, published_at=when)
    settings.SMO_KIT = {
        "CORE": {"site_name": "Tea house", "base_url": "https://tea.example"},
        "META": {"icons": ["/icon.svg"]},
    }
    html = client.get("/posts/tea/").content.decode()
    image = content(BeautifulSoup(html, "html.parser"), "og:image")
    square, tall = (image.replace(".jpg", f"-{shape}.jpg") for shape in ("square", "tall"))
    expected = f"""<!doctype html><html lang='en'><head>
<title>Tea &amp; talk — Tea house</title>
<meta name="description" content="On .">
<meta name="author" content="Anna Bright">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Tea house">
<meta property="og:title" content="Tea &amp; talk">
<meta property="og:description" content="On .">
<meta property="og:url" content="https://tea.example/posts/tea/">
<meta property="og:locale" content="en_US">
<meta property="og:image" content="{image}">
<meta property="og:image:secure_url" content="{image}">
<meta property="og:image:type" content="image/jpeg">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="Tea &amp; talk">
<meta property="article:published_time" content="2026-03-01T09:30:15+00:00">
<meta property="article:author" content="Anna Bright">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:title" content="Tea &amp; talk">
<meta name="twitter:description" content="On .">
<meta name="twitter:image" content="{image}">
<meta name="twitter:image:alt" content="Tea &amp; talk">
<link rel="canonical" href="https://tea.example/posts/tea/">
<link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[\
{{"@type":"Article","@id":"https://tea.example/posts/tea/#article","headline":"Tea \\u0026 talk",\
"description":"On .","url":"https://tea.example/posts/tea/","mainEntityOfPage":"https://tea.example/posts/tea/",\
"image":[{{"@type":"ImageObject","url":"{image}","width":1200,"height":630,"caption":"Tea \\u0026 talk"}},\
{{"@type":"ImageObject","url":"{square}","width":1200,"height":1200,"caption":"Tea \\u0026 talk"}},\
{{"@type":"ImageObject","url":"{tall}","width":1000,"height":1500,"caption":"Tea \\u0026 talk"}}],\
"datePublished":"2026-03-01T09:30:15+00:00","author":{{"@type":"Person","name":"Anna Bright"}},\
"publisher":{{"@id":"https://tea.example/#organization"}},"isPartOf":{{"@id":"https://tea.example/#website"}},\
"inLanguage":"en"}},\
{{"@type":"BreadcrumbList","@id":"https://tea.example/posts/tea/#breadcrumbs","itemListElement":[\
{{"@type":"ListItem","position":1,"name":"Tea house","item":"https://tea.example/"}},\
{{"@type":"ListItem","position":2,"name":"Tea \\u0026 talk","item":"https://tea.example/posts/tea/"}}]}},\
{{"@type":"Organization","@id":"https://tea.example/#organization","name":"Tea house","url":"https://tea.example/"}},\
{{"@type":"WebSite","@id":"https://tea.example/#website","url":"https://tea.example/","name":"Tea house",\
"publisher":{{"@id":"https://tea.example/#organization"}}}}]}}</script>
</head><body></body></html>"""
    assert html.replace("\n\n", "\n").replace("<head>\n\n", "<head>\n") == expected
    assert image.startswith("https://tea.example/smo/card/")


def test_whoever_may_not_see_a_page_learns_nothing_of_it(client):
    Post.objects.create(slug="draft", title="Secret title", lead="Secret lead", is_public=False)
    html = client.get("/posts/draft/").content.decode()
    assert "Secret" not in html
    assert "/posts/draft/" not in html
    soup = BeautifulSoup(html, "html.parser")
    assert content(soup, "robots") == "noindex"
    assert soup.title.text == "Test site"
    assert not soup.find("script")


def test_an_editor_sees_the_head_of_a_draft(admin_client):
    Post.objects.create(slug="draft", title="Soon", is_public=False)
    soup = BeautifulSoup(admin_client.get("/posts/draft/").content, "html.parser")
    assert content(soup, "og:title") == "Soon"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_in_any_field_stays_text(text):
    thing = card(
        title=text, summary=text, author=text, tags=[text, "ok"], image_alt=text, image=Picture("/a.jpg", 800, 600)
    )
    soup = printed(thing)
    assert {tag.name for tag in soup.find_all(True)} == {"title", "meta", "link", "script"}
    assert len(soup.find_all("script")) == 1
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert soup.title.text == (f"{thing.title} — Test site" if thing.title else "Test site")
    assert content(soup, "og:title") == (thing.title or "Test site")
    assert content(soup, "og:description") == (thing.summary or None)
    assert content(soup, "og:image:alt") == (thing.image_alt or thing.title or "Test site")
    assert graph(soup)["Article"]["headline"] == (thing.title or "Test site")
    assert "<" not in soup.script.string
    assert "\x00" not in str(soup)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_of_the_site_stays_text(text, settings):
    settings.SMO_KIT = {"CORE": {"site_name": f"Site {text}"}, "META": {"organization": text, "title_separator": text}}
    soup = printed(card())
    assert {tag.name for tag in soup.find_all(True)} == {"title", "meta", "link", "script"}
    assert content(soup, "og:site_name").startswith("Site")
    assert graph(soup)["WebSite"]["name"].startswith("Site")


@pytest.mark.parametrize("letter", ["a", "ж", "漢", "👍🏽", "é"])
def test_each_field_is_cut_to_its_length(letter):
    thing = card(title=letter * 400, summary=letter * 900, image=Picture("/a.jpg", 800, 600), image_alt=letter * 900)
    soup = printed(thing)
    lengths = {
        name: len(graphemes(content(soup, name)))
        for name in ("og:title", "og:description", "twitter:title", "twitter:description", "twitter:image:alt")
    }
    assert lengths == {
        "og:title": 90,
        "og:description": 200,
        "twitter:title": 70,
        "twitter:description": 200,
        "twitter:image:alt": 420,
    }
    assert content(soup, "twitter:title").endswith("…")


def test_titles_are_cut_between_words_but_never_below_sixty():
    between = printed(card(title="word " * 40))
    assert content(between, "twitter:title") == "word " * 13 + "word…"
    long_word = printed(card(title=f"{'short ' * 8}{'l' * 100}"))
    assert len(content(long_word, "twitter:title")) >= LEAST_TITLE


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Tea", "House", "Tea — House"),
        ("House", "House", "House"),
        ("Tea at HOUSE", "House", "Tea at HOUSE"),
        ("House: a story", "House", "House: a story"),
        ("Warehouses", "House", "Warehouses — House"),
    ],
)
def test_the_window_s_title_names_the_site_once(settings, title, site, expected):
    settings.SMO_KIT = {"CORE": {"site_name": site}}
    assert printed(card(title=title)).title.text == expected


def test_what_describes_the_picture_stands_directly_behind_it(head, post):
    properties = [tag.get("property") for tag in head("/posts/first/", secure=True).find_all("meta")]
    start = properties.index("og:image")
    names = ["", ":secure_url", ":type", ":width", ":height", ":alt"]
    assert properties[start : start + 6] == [f"og:image{name}" for name in names]


def test_a_profile_has_its_own_fields():
    soup = printed(card(kind="profile", title="Anna Bright", url="/people/anna/", summary="Writes."))
    assert content(soup, "og:type") == "profile"
    assert content(soup, "profile:first_name") == "Anna"
    assert content(soup, "profile:last_name") == "Bright"
    assert content(soup, "profile:username") == "anna"
    assert content(soup, "article:published_time") is None
    person = graph(soup)["ProfilePage"]["mainEntity"]
    assert person["@type"] == "Person"
    assert person["name"] == "Anna Bright"


def test_a_profile_guesses_nothing():
    soup = printed(card(kind="profile", title="Лев Николаевич Толстой", url="/people/7/"))
    assert content(soup, "profile:first_name") is None
    assert content(soup, "profile:username") is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("article", "article"), ("blogposting", "article"), ("website", "website"), ("<x>", "website")],
)
def test_og_type_is_one_that_networks_know(kind, expected):
    assert content(printed(card(kind=kind)), "og:type") == expected


def test_times_and_tags_of_an_article():
    naive = dt.datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001
    soup = printed(card(published=naive, modified=dt.date(2026, 5, 6), tags=["tea", "чай"], author_url="/people/anna/"))
    assert content(soup, "article:published_time") == "2026-01-02T03:04:00+00:00"
    assert content(soup, "article:modified_time") == "2026-05-06T00:00:00+00:00"
    assert [tag["content"] for tag in soup.find_all("meta", property="article:tag")] == ["tea", "чай"]
    assert content(soup, "article:author").endswith("/people/anna/")
    assert graph(soup)["Article"]["keywords"] == ["tea", "чай"]


def test_a_locked_article_says_that_it_is_not_free():
    assert graph(printed(card(free=False)))["Article"]["isAccessibleForFree"] is False
    assert "isAccessibleForFree" not in graph(printed(card()))["Article"]


def test_a_video_is_named_with_its_type():
    soup = printed(card(video="https://video.example/a.mp4"))
    assert content(soup, "og:video") == content(soup, "og:video:secure_url") == "https://video.example/a.mp4"
    assert content(soup, "og:video:type") == "video/mp4"
    assert content(printed(card(video="http://v.example/watch?v=1")), "og:video:type") == "text/html"


def test_addresses_are_https_behind_a_proxy_and_without_the_query(head, post, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    soup = head("/posts/first/?utm_source=vk", HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="shop.example")
    assert links(soup, "canonical") == [{"href": "https://shop.example/posts/first/"}]
    assert content(soup, "og:url") == "https://shop.example/posts/first/"
    assert content(soup, "og:image") == content(soup, "og:image:secure_url")
    assert content(soup, "og:image").startswith("https://shop.example/")
    assert "http://" not in str(soup)


def test_plain_http_has_no_secure_url(head, post):
    assert content(head("/posts/first/"), "og:image:secure_url") is None


def test_what_tracks_campaigns_is_no_part_of_an_address():
    soup = printed(card(url="/item/?utm_source=a&id=3&fbclid=b#part"))
    assert content(soup, "og:url").endswith("/item/?id=3")
    assert content(printed(card(url="/item/?utm_source=a")), "og:url").endswith("/item/")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "https://ex ample/"])
def test_a_dangerous_address_is_dropped_and_the_request_s_stands_in(rf, url, caplog):
    dangerous = {
        "url": url,
        "image": Picture(url, 800, 600),
        "video": url,
        "author_url": url,
        "alternates": {"ru": url},
    }
    with caplog.at_level(logging.WARNING):
        thing = card(**dangerous)
        soup_request = rf.get("/here/?q=1")
        html = engines["django"].from_string("{% load smo %}{% smo_head c %}").render({"c": thing}, soup_request)
    assert url not in html
    soup = BeautifulSoup(html, "html.parser")
    assert links(soup, "canonical") == [{"href": "http://testserver/here/"}]
    assert content(soup, "og:image").startswith("http://testserver/smo/card/")
    assert "Give a path or an https URL" in caplog.text


def test_without_an_address_and_a_request_nothing_is_claimed():
    soup = printed(card(url=""))
    assert not links(soup, "canonical")
    assert content(soup, "og:url") is None


def test_translations_are_named_with_x_default(head):
    story = Story.objects.create()
    Telling.objects.create(story=story, language="en", slug="one", title="One")
    Telling.objects.create(story=story, language="ru", slug="odin", title="Один")
    soup = head("/stories/odin/")
    assert links(soup, "alternate") == [
        {"hreflang": "en", "href": "http://testserver/stories/one/"},
        {"hreflang": "ru", "href": "http://testserver/stories/odin/"},
        {"hreflang": "x-default", "href": "http://testserver/stories/one/"},
    ]
    assert content(soup, "og:locale") == "ru_RU"
    assert content(soup, "og:locale:alternate") == "en_US"
    assert graph(soup)["Article"]["inLanguage"] == "ru"


@pytest.mark.parametrize(("main", "expected"), [("ru", "/ru/"), ("en-us", "/en/"), ("de", "/fr/")])
def test_x_default_is_the_same_on_every_translation(settings, main, expected):
    settings.LANGUAGE_CODE = main
    urls = {"fr": "/fr/", "en": "/en/", "ru": "/ru/"}
    for language, url in urls.items():
        soup = printed(card(url=url, language=language, alternates=urls))
        assert links(soup, "alternate")[-1]["hreflang"] == "x-default"
        assert links(soup, "alternate")[-1]["href"].endswith(expected)


def test_a_missing_translation_is_not_named(head):
    Telling.objects.create(story=Story.objects.create(), language="ru", slug="odin", title="Один")
    soup = head("/stories/odin/")
    assert links(soup, "alternate") == []
    assert content(soup, "og:locale") == "ru_RU"
    assert content(soup, "og:locale:alternate") is None


def test_an_unknown_language_code_is_left_out_not_printed_wrong():
    soup = printed(card(language='x"y', alternates={"zz-top-1!": "/z/", "ru": "/ru/"}))
    assert content(soup, "og:locale") is None
    assert [link["hreflang"] for link in links(soup, "alternate")] == ["ru", "x-default"]


def test_a_model_that_nobody_registered_is_a_fault_while_developing(client, settings):
    settings.DEBUG = True
    thing = Unknown.objects.create(title="?")
    with pytest.raises(NotRegistered, match=r"Write @register\(Unknown\) in tests/blog/smo\.py"):
        client.get(f"/unknown/{thing.pk}/")


def test_a_model_that_nobody_registered_is_a_page_of_the_site_in_production(head, caplog):
    thing = Unknown.objects.create(title="?")
    soup = head(f"/unknown/{thing.pk}/")
    assert content(soup, "og:title") == "Test site"
    assert links(soup, "canonical") == [{"href": f"http://testserver/unknown/{thing.pk}/"}]
    assert "Write @register(Unknown)" in caplog.text


def test_what_a_view_says_through_django_meta_is_honoured(head):
    soup = head("/meta/?utm_source=x")
    assert content(soup, "og:title") == '"Meta" & co'
    assert content(soup, "description") == "Said by django-meta"
    assert links(soup, "canonical") == [{"href": "http://testserver/meta/"}]


def test_a_model_of_django_meta_needs_no_line_of_code(head):
    thing = Described.objects.create(title="Described", abstract="Tea &amp; more")
    soup = head(f"/described/{thing.pk}/")
    assert content(soup, "og:title") == "Described"
    assert content(soup, "og:description") == "Tea & more"
    assert content(soup, "og:type") == "article"
    assert content(soup, "og:url") == f"http://testserver/described/{thing.pk}/"


@pytest.mark.parametrize("path", ["/", "/about/", "/card/", "/meta/"])
def test_a_page_without_an_object_has_a_whole_head(head, path):
    soup = head(path)
    assert soup.title.text
    assert content(soup, "og:image").startswith("http://testserver/smo/card/")
    assert links(soup, "canonical") == [{"href": f"http://testserver{path}"}]


def test_the_front_page_is_at_the_beginning_of_every_way_and_has_none(head, post):
    assert "BreadcrumbList" not in graph(head("/"))
    items = graph(head("/posts/first/"))["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["item"]) for item in items] == [
        (1, "http://testserver/"),
        (2, "http://testserver/posts/first/"),
    ]


def test_the_way_begins_at_the_front_page_of_the_language():
    items = graph(printed(card(url="/ru/articles/x/", language="ru")))["BreadcrumbList"]["itemListElement"]
    assert items[0]["item"].endswith("/ru/")


def test_no_site_row_is_no_reason_to_fail(head, post, settings):
    Site.objects.all().delete()
    Site.objects.clear_cache()
    settings.SMO_KIT = {}
    soup = head("/posts/first/")
    assert soup.title.text == "A first post — testserver"
    assert content(soup, "og:site_name") == "testserver"


@pytest.mark.parametrize("path", ["/posts/first/", "/about/", "/card/", "/meta/", "/"])
@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_asked_for_before_asks_the_database_nothing(client, post, django_assert_num_queries, path):
    client.get(path)
    own = 1 if path.startswith("/posts/") else 0  # the view's
    with django_assert_num_queries(own):
        client.get(path)


def test_the_same_bytes_for_everybody_and_no_cookie(client, post):
    one = client.get("/posts/first/", HTTP_USER_AGENT="A", HTTP_ACCEPT_LANGUAGE="en")
    other = client.get("/posts/first/", HTTP_USER_AGENT="B")
    assert one.content == other.content
    assert not one.cookies


def test_neighbours_add_to_the_head(additions):
    additions(
        meta={"fediverse:creator": '@a@b"c', "article:publisher": "https://p.example/"},
        links=({"rel": "me", "href": "https://m.example/@tea"},),
        organization={"sameAs": ["https://m.example/@tea"]},
        article={"aggregateRating": {"ratingValue": 5}},
    )
    additions(organization={"sameAs": ["https://k.example/tea"]})
    soup = printed(card())
    assert soup.find("meta", attrs={"name": "fediverse:creator"})["content"] == '@a@b"c'
    assert soup.find("meta", property="article:publisher")["content"] == "https://p.example/"
    assert links(soup, "me") == [{"href": "https://m.example/@tea"}]
    nodes = graph(soup)
    assert nodes["Organization"]["sameAs"] == ["https://m.example/@tea", "https://k.example/tea"]
    assert nodes["Article"]["aggregateRating"] == {"ratingValue": 5}


def test_what_a_neighbour_says_anew_is_printed_anew(monkeypatch):
    votes = iter([1, 2])
    monkeypatch.setattr(core_head, "_sources", [lambda card, request, key: Addition(article={"votes": next(votes)})])
    assert [graph(printed(card()))["Article"]["votes"] for _ in range(2)] == [1, 2]


def test_feeds_and_icons_of_the_settings(settings):
    settings.SMO_KIT = {
        "META": {
            "feeds": ["/{language}/feed/ All <news>", "/atom.xml", "/feed.json"],
            "icons": ["icons/icon-192x192.png", "/apple-touch-icon.png", "https://cdn.example/i.svg"],
        }
    }
    soup = printed(card(language="ru"))
    base = content(soup, "og:url").removesuffix("/somewhere/")
    assert links(soup, "alternate") == [
        {"type": "application/rss+xml", "title": "All <news>", "href": f"{base}/ru/feed/"},
        {"type": "application/atom+xml", "title": content(soup, "og:site_name"), "href": f"{base}/atom.xml"},
        {"type": "application/feed+json", "title": content(soup, "og:site_name"), "href": f"{base}/feed.json"},
    ]
    assert links(soup, "icon") == [
        {"href": "/static/icons/icon-192x192.png", "type": "image/png", "sizes": "192x192"},
        {"href": "https://cdn.example/i.svg", "type": "image/svg+xml", "sizes": "any"},
    ]
    assert links(soup, "apple-touch-icon") == [{"href": "/apple-touch-icon.png", "type": "image/png"}]


def test_a_static_file_that_is_not_there_is_left_out_and_logged(settings, tmp_path, caplog):
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    settings.STATIC_ROOT = str(tmp_path)
    settings.SMO_KIT = {"META": {"icons": ["icons/gone.png"], "logo": "gone.png"}}
    soup = printed(card())
    assert not links(soup, "icon")
    assert "logo" not in graph(soup)["Organization"]
    assert "Correct its path" in caplog.text


def test_the_publisher_of_the_settings(settings):
    settings.SMO_KIT = {"META": {"organization": "Tea Ltd.", "logo": "logo.png", "article_type": "NewsArticle"}}
    nodes = graph(printed(card()))
    assert nodes["Organization"]["name"] == "Tea Ltd."
    assert nodes["Organization"]["logo"]["url"].endswith("/static/logo.png")
    assert nodes["NewsArticle"]["author"] == {"@id": nodes["Organization"]["@id"]}


def test_a_page_that_says_nothing_of_itself_is_described_by_its_text(settings):
    settings.SMO_KIT = {"META": {"default_description": "All about tea."}}
    assert content(printed(card(text="<p>First &amp; second.</p>")), "og:description") == "First & second."
    assert content(printed(card()), "og:description") == "All about tea."
    assert content(printed(card(summary="Own words.")), "og:description") == "Own words."


def test_a_long_text_is_not_cut_within_a_tag():
    text = "word " * 20 + "<i>" * 1000 + "<a href='" + "x" * 5000
    assert content(printed(card(text=text)), "og:description") == ("word " * 20).strip()


def test_what_looks_like_markup_in_a_description_stays_what_it_says(head, synced):
    post = Post.objects.create(slug="html", title="HTML", lead="<p>The &lt;title&gt; of R&amp;amp;D</p>")
    synced()
    for _ in "made", "from the cache":
        assert content(head("/posts/html/"), "og:description") == "The <title> of R&amp;D"
    assert [card.summary for card in cards_for([post])] == ["The <title> of R&amp;D"]


@pytest.mark.parametrize("markup", ['<![><img src="]><img', "<" * 2000 + ">", "<i" * 900])
def test_markup_that_no_parser_understands_is_no_reason_to_fail(markup):
    assert content(printed(card(summary=f"Tea {markup}")), "og:description").startswith("Tea")


def test_the_head_is_data_for_those_who_print_it_themselves(rf):
    head = head_for(Page(card(), None, rf.get("/somewhere/")))
    assert head.title == "A title — Test site"
    assert ("property", "og:type", "article") in head.metas
    assert (("rel", "canonical"), ("href", "http://testserver/somewhere/")) in head.links
