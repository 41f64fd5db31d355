"""Each rule of the core, with a page that is good and one that is not, in English and in Russian."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from smo_kit.core.audit import ReadSite, Seen, Where, all_rules
from smo_kit.core.audits import talk
from tests.apps.core.audited import HOME, article, ask, head, page, words

pytestmark = pytest.mark.django_db

GRAPH = """<title>A title that says it</title><link rel="canonical" href="https://site.example/about/">
<meta property="og:title" content="A title that says it"><meta property="og:type" content="article">
<meta property="og:description" content="One or two sentences that say why to read this page.">
<meta property="og:site_name" content="Site"><meta property="og:url" content="https://site.example/about/">
<meta name="twitter:card" content="summary">
<meta property="og:image" content="https://site.example/x.jpg"><meta property="og:image:alt" content="A cat">
<meta property="og:image:width" content="1200"><link rel="alternate" type="application/atom+xml" href="/feed/">"""
PICTURE = '<img src="/x.jpg" alt="A cat" width="1" height="1">'


def title(text: str):
    return head(f"<title>{text}</title>")


def texts(found):
    return [one.text for one in found]


GOOD = {
    "title.there": title("A title that says something"),
    "title.says": title("A title that says something"),
    "title.fits": title("A title that says something"),
    "title.calm": title("How NASA and ESA share pictures"),
    "graph.title": head(GRAPH),
    "graph.description": head(GRAPH),
    "graph.picture": head(GRAPH),
    "graph.rest": head(GRAPH),
    "graph.address": head(GRAPH),
    "text.walls": article(f"<p>{words(100)}</p>" * 3),
    "text.headings": article(f"<h2>Part</h2><p>{words(100)}</p>" * 5),
    "text.short_headings": article("<h2>A short one</h2>"),
    "text.order": article("<h1>One</h1><h2>Two</h2><h3>Three</h3><h2>Two</h2>"),
    "text.lists": article(f"<p>{words(700)}</p><ul><li>one</li></ul>"),
    "media.there": article(PICTURE),
    "media.enough": article(PICTURE * 3 + f"<p>{words(2100)}</p>"),
    "media.alt": article(PICTURE + '<img src="/o.svg" alt="">'),
    "media.size": article(PICTURE),
    "media.video": article('<video src="/x.mp4" controls poster="/x.jpg"></video>'),
    "talk.comments": article('<form><textarea name="comment"></textarea></form>'),
    "talk.feed": head(GRAPH),
    "talk.letters": article('<form><input type="email" name="mail"></form>'),
    "entry.link": article('<a href="/accounts/login/?next=/">Sign in</a>'),
    "state.answers": article("x"),
    "state.fresh": head(f'<meta property="article:modified_time" content="{timezone.now().isoformat()}">'),
}
BAD = {
    "title.there": head(""),
    "title.says": title("Главная"),
    "title.fits": title("A very long title " * 8),
    "title.calm": title("ВЫ НЕ ПОВЕРИТЕ, ЧТО БЫЛО ДАЛЬШЕ"),
    "graph.title": head(""),
    "graph.description": head('<meta property="og:description" content="Short.">'),
    "graph.picture": head('<meta property="og:image" content="/x.jpg">'),
    "graph.rest": head('<meta property="og:type" content="article">'),
    "graph.address": head('<meta property="og:url" content="https://site.example/other/">'),
    "text.walls": article(f"<p>{words(200)}</p><p>{words(20)}</p>"),
    "text.headings": article(f"<p>{words(100)}</p>" * 5),
    "text.short_headings": article(f"<h2>{words(20)}</h2>"),
    "text.order": article("<h1>One</h1><h3>Three</h3>"),
    "text.lists": article(f"<p>{words(700)}</p>"),
    "media.there": article("<p>Text only.</p>"),
    "media.enough": article(PICTURE + f"<p>{words(2100)}</p>"),
    "media.alt": article('<img src="/x.jpg" width="1" height="1">'),
    "media.size": article('<img src="/x.jpg" alt="A cat">'),
    "media.video": article('<video src="/x.mp4"></video>'),
    "talk.comments": article("x"),
    "talk.feed": head(""),
    "talk.letters": article("x"),
    "entry.link": article('<a href="http://[">x</a><a href="/blog/">Blog</a>'),
    "state.answers": page("", status=500),
    "state.fresh": head('<meta property="article:published_time" content="2015-01-01T00:00:00Z">'),
}
LEFT_OUT = {
    "text.walls": article("<p>Short.</p>"),
    "text.headings": article(f"<p>{words(200)}</p>"),
    "text.lists": article("<p>Short.</p>"),
    "media.there": page("<p>x", kind="website"),
    "media.alt": article("x"),
    "media.video": article("x"),
    "talk.comments": page("<p>x", kind="profile"),
    "title.says": head(""),
    "state.fresh": article("x"),
}


@pytest.mark.parametrize("id_", GOOD)
def test_what_is_good_is_left_alone(id_):
    assert ask(id_, GOOD[id_]) == []


@pytest.mark.parametrize("id_", BAD)
def test_what_is_not_is_found_with_its_cure_and_place(id_):
    found = ask(id_, BAD[id_])
    assert found
    assert [one for one in found if not (one.text and one.cure and one.where.text)] == []


@pytest.mark.parametrize("id_", LEFT_OUT)
def test_a_rule_is_left_out_where_it_does_not_apply(id_):
    assert ask(id_, LEFT_OUT[id_]) is None


def test_every_rule_of_a_page_is_shown_good_and_bad():
    own = {one.id for one in all_rules() if one.page and one.module.startswith("smo_kit.core.")}
    assert own == set(GOOD) == set(BAD)


@pytest.mark.parametrize(("language", "wall"), [("en", 121), ("ru", 96), ("de", 121)])
def test_a_wall_is_measured_in_the_words_of_its_language(language, wall):
    spoken = "ru" if language == "ru" else "en"
    rest = f"<p>{words(60, spoken)}</p>" * 3
    assert ask("text.walls", article(f"<p>{words(wall - 1, spoken)}</p>{rest}", language=language)) == []
    assert ask("text.walls", article(f"<p>{words(wall, spoken)}</p>{rest}", language=language))


@pytest.mark.parametrize(("language", "stretch"), [("en", 525), ("ru", 420)])
def test_a_stretch_without_a_heading(language, stretch):
    def text(count):
        return article(f"<h2>Start</h2><p>{words(count, language)}</p>", language=language)

    assert ask("text.headings", text(stretch)) == []
    assert "“Start”" in ask("text.headings", text(stretch + 1))[0].text


def test_walls_that_are_most_of_the_text_are_an_error():
    assert ask("text.walls", article(f"<p>{words(200)}</p>"))[0].severity == "error"
    few = article(f"<p>{words(200)}</p>" + f"<p>{words(20)}</p>" * 4)
    assert ask("text.walls", few)[0].severity == "warning"


@pytest.mark.parametrize("text", ["Home", "Untitled", "Без названия", "НОВОСТИ", "Blog."])
def test_titles_that_say_nothing(text):
    assert ask("title.says", title(text))[0].severity == "error"


@pytest.mark.parametrize("text", ["Shareable pages", "О редакции журнала", "Anatomy of a preview"])
def test_titles_that_say_something(text):
    assert ask("title.says", title(text)) == []


def test_a_short_title_will_do_for_a_list():
    assert ask("title.says", head("<title>Articles</title>", kind="website")) == []


def test_the_title_that_networks_show_is_judged():
    assert ask("title.says", head('<title>Home</title><meta property="og:title" content="How we bake bread">')) == []


@pytest.mark.parametrize(("property_", "content"), [("og:image", ""), ("og:image", "//x.example/y.jpg")])
def test_a_picture_without_a_full_address_is_an_error(property_, content):
    assert ask("graph.picture", head(f'<meta property="{property_}" content="{content}">'))[0].severity == "error"


def test_a_small_picture():
    tags = '<meta property="og:image" content="https://x.example/y.jpg"><meta property="og:image:width" content="300">'
    assert "300" in ask("graph.picture", head(tags))[0].text


def test_an_address_that_is_another_pages():
    found = ask("graph.address", head('<link rel="canonical" href="https://site.example/other/">'))
    assert texts(found) == ["canonical names another page: /other/."]


def test_a_redirect_that_ends_well_is_worth_a_warning():
    assert [one.severity for one in ask("state.answers", page("x", way=(f"{HOME}/old/",)))] == ["warning"]


def test_a_circle_is_an_error():
    assert ask("state.answers", page("", status=302))[0].severity == "error"


def test_what_is_larger_than_what_is_read():
    assert "MB" in ask("state.answers", page("x", cut=True))[0].text


def test_an_old_article_is_worth_knowing_and_costs_nothing():
    assert [one.severity for one in ask("state.fresh", BAD["state.fresh"])] == ["info"]


def test_a_date_that_is_none_is_no_date():
    assert ask("state.fresh", head('<meta property="article:modified_time" content="2015-99-01T00:00:00Z">')) is None


def test_two_pages_of_one_title():
    seen = Seen("/a/", Where("a place"), 2)
    site = ReadSite(titles={("en", "Same"): seen, ("ru", "Same"): Seen("/b/", Where("b"), 1)})
    assert texts(ask("title.unique", site)) == ["2 pages have the title “Same”; one is /a/."]
    assert ask("title.unique", ReadSite()) == []


@pytest.mark.parametrize(
    ("app", "is_well"), [("allauth.socialaccount.providers.any", True), ("social_django", True), ("allauth", False)]
)
def test_signing_in_with_a_network(monkeypatch, app, is_well):
    monkeypatch.setattr(talk, "settings", SimpleNamespace(INSTALLED_APPS=[app]))
    assert (ask("entry.networks", ReadSite()) == []) is is_well


def test_links_that_were_not_looked_at_are_no_good_links():
    assert ask("state.links", ReadSite()) is None
