"""The audit of a whole site: which pages, what they link to, how it is counted."""

from __future__ import annotations

import logging

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import include, path

from smo_kit.core.audit import STEPS, Finding, Rule, Where, audits, mark_of
from smo_kit.core.audit_report import Tally, rounded, step_scores, whole_score
from smo_kit.core.auditing import Target, all_rules_loaded, audit_pages, audit_site, public_pages, read_page
from smo_kit.core.http import Refused
from smo_kit.core.models import CardRow
from smo_kit.core.rows import sync
from tests.apps.core.audited import article, page
from tests.blog.models import Notice, Post

HOME = "https://site.example"
MISSING = ("not-there.avif", "not-there.jpg", "not-there.mp3", "not-there.mp4", "not-there.png", "not-wide,2.jpg")
asked: list[str] = []


def _post(request: HttpRequest, slug: str) -> HttpResponse:
    asked.append(request.path)
    links = """<a href="/circle/">1</a> <a href="/gone/#part">2</a> <a href="/gone/">3</a> <a href="/posts/two/">4</a>
    <a href="https://elsewhere.example/">5</a> <a href="mailto:a@b.example">6</a> <a href="/admin/">7</a>
    <a href="/out/">8</a> <a href="//[">9</a> <a href="/broken/">10</a><img src="/media/not-there.jpg" alt="">
    <img src="/media/there.jpg" alt=""><img src="/about/" alt=""><img src="/static/admin/css/base.css" alt="">
    <img srcset="/media/there.jpg 1x, /media/not-wide,2.jpg 2x" alt="">
    <picture><source srcset="/media/not-there.avif, /media/there.jpg 600w"></picture>
    <video src="/media/not-there.mp4" poster="/media/not-there.png"></video>
    <video><source src="/picture/"><source src="/recording/"></video><audio src="/media/not-there.mp3"></audio>"""
    return HttpResponse(f'<html lang="en"><title>Same</title><main><h1>{slug}</h1>{links}</main>')


def _circle(request: HttpRequest) -> HttpResponse:
    asked.append(request.path)
    return HttpResponseRedirect(request.path)


def _out(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("https://elsewhere.example/")


def _hidden(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse('<meta name="robots" content="noindex"><title>Hidden</title>')


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("no")


def _breaks(request: HttpRequest) -> StreamingHttpResponse:
    def chunks():
        yield "<title>"
        raise KeyError("no")

    return StreamingHttpResponse(chunks())


def _nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "http://[bad"})


def _odd(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>Odd</title>", content_type="text/html; charset=idna")


def _about(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>About</title>")


def _recording(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"OggS", content_type="video/ogg")


def _picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"GIF89a", content_type="image/gif")


def _file(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"%PDF", content_type="application/pdf")


urlpatterns = [
    path("posts/<slug:slug>/", _post, name="post"),
    path("circle/", _circle),
    path("out/", _out),
    path("broken/", _broken),
    path("about/", _about),
    path("file/", _file),
    path("breaks/", _breaks),
    path("nowhere/", _nowhere),
    path("odd/", _odd),
    path("recording/", _recording),
    path("picture/", _picture),
    path("notices/<int:pk>/", _hidden),
    path("smo/", include("smo_kit.urls")),
    path("admin/", admin.site.urls),
]


@pytest.fixture(autouse=True)
def a_site(settings, db, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    settings.ROOT_URLCONF = __name__
    settings.SMO_KIT = {"CORE": {"base_url": HOME}}
    all_rules_loaded()  # before a test puts others in their place
    asked.clear()


@pytest.fixture
def posts():
    Post.objects.create(slug="one", title="One")
    Post.objects.create(slug="two", title="Two")
    Notice.objects.create(title_en="Hidden", title_ru="Скрыто")
    _synced()


def _synced() -> None:
    for _ in sync():
        pass


def whole(**options):
    """Return the report of the whole site."""
    for progress in audit_site(**options):
        assert progress.done <= progress.total
    assert progress.done == progress.total
    return progress.report


def pages(paths):
    """Return the report of these pages."""
    return list(audit_pages(paths))[-1].report


def texts(findings):
    return [one["text"] for one in findings]


def test_every_public_page_is_read_and_what_is_not_for_robots_left_out(posts):
    report = whole()
    assert (report["pages"], report["of"], report["skipped"], report["complete"]) == (2, 4, 1, True)


def test_broken_targets_are_named_once_with_a_page_that_names_them(posts):
    default_storage.save("there.jpg", ContentFile(b"x"))
    broken = [one for one in whole()["site"] if one["rule"] in {"state.links", "state.pictures"}]
    assert sorted(texts(broken)) == [
        "/about/: It is no picture. It stands on /posts/two/ (pages: 2).",
        "/broken/: It answers 500. It stands on /posts/two/ (pages: 2).",
        "/circle/: It leads in a circle. It stands on /posts/two/ (pages: 2).",
        "/gone/: It answers 404. It stands on /posts/two/ (pages: 2).",
        *(f"/media/{name}: The file is not there. It stands on /posts/two/ (pages: 2)." for name in MISSING),
        "/picture/: It is no video or sound. It stands on /posts/two/ (pages: 2).",
    ]


def test_a_page_and_a_target_are_read_once(posts):
    whole()
    assert sorted(asked) == ["/circle/", "/posts/one/", "/posts/two/"]


def test_two_pages_of_one_title_are_found(posts):
    assert "2 pages have the title “Same”; one is /posts/two/." in texts(whole()["site"])


def test_a_limit_takes_the_newest(posts):
    report = whole(limit=1)
    assert (report["pages"] + report["skipped"], report["complete"]) == (1, False)


def test_when_the_time_is_over_the_report_says_so(posts):
    report = whole(seconds=0)
    assert (report["pages"], report["complete"]) == (0, False)


def test_many_pages_are_read_in_chunks_without_repeating_one(monkeypatch):
    monkeypatch.setattr("smo_kit.core.auditing.CHUNK", 2)
    Post.objects.bulk_create([Post(slug=f"p{number}", title="x") for number in range(5)])
    _synced()
    assert len({one.url for one in public_pages()}) == len(list(public_pages())) == 5
    assert len(list(public_pages(3))) == 3


def test_the_same_of_many_pages_is_said_once():
    Post.objects.bulk_create([Post(slug=f"p{number}", title="x") for number in range(4)])
    _synced()
    report = whole()
    often = {one["text"]: one["pages"] for one in report["often"]}
    assert often["The article can't be commented on."] == 4
    assert not [one for one in report["worst"] if "The article can't be commented on." in texts(one["findings"])]


def test_the_worst_pages_come_first_and_no_more_than_asked_for(posts):
    report = whole(worst=1)
    assert len(report["worst"]) == 1


def test_an_empty_site():
    report = whole()
    assert (report["pages"], report["of"], report["worst"]) == (0, 0, [])


def test_named_pages_are_read_whatever_they_say_of_robots(posts):
    report = pages(["/notices/1/", "about/"])
    assert report["pages"] == 2
    assert {one["step"] for one in map(_step_of, report["site"])} <= {"state"}


def _step_of(finding):
    return {"step": finding["rule"].partition(".")[0]}


def test_a_page_of_another_site_is_refused():
    with pytest.raises(Refused, match="no address of this site"):
        list(audit_pages(["https://elsewhere.example/"]))


def test_a_page_knows_its_snapshot(posts):
    report = pages(["/posts/one/"])
    assert report["worst"][0]["title"] == "One"


@pytest.mark.parametrize("url", ["https://elsewhere.example/x/", "/file/", "/accounts/login/"])
def test_what_is_no_page_to_audit(url):
    answers = read_page(Target(url), HOME)
    assert answers is None or answers.status == 404


def test_a_large_page_is_read_up_to_a_bound(monkeypatch):
    monkeypatch.setattr("smo_kit.core.auditing.SIZE", 10)
    assert read_page(Target("/about/"), HOME).cut


def test_a_card_of_another_site_is_left_out(posts):
    CardRow.objects.update(url="https://elsewhere.example/")
    assert whole()["pages"] == 0


def test_a_rule_that_breaks_is_left_out_and_logged(posts, caplog, monkeypatch):
    monkeypatch.setattr("smo_kit.core.audit._rules", {})

    @audits("text.bad", "Bad")
    def bad(page):
        raise RuntimeError("no")

    assert whole()["steps"] == []
    assert "text.bad" in caplog.text


def test_a_site_adds_a_rule(posts, monkeypatch):
    monkeypatch.setattr("smo_kit.core.audit._rules", {})

    @audits("text.ours", "Ours")
    def ours(page):
        return [Finding(text="Bad.", cure="Mend it.", where=Where("there"))]

    assert [(step["id"], step["score"]) for step in whole()["steps"]] == [("text", 50)]


def test_a_rule_belongs_to_a_step():
    with pytest.raises(ValueError, match="belongs to no step"):
        audits("nothing.x", "x")(lambda page: None)


def test_rules_of_apps_that_are_not_installed_are_off():
    assert not Rule("text.x", "x", 1, "smo_kit.nothing.audit").is_on
    assert Rule("text.x", "x", 1, "somebodys.smo").is_on


def test_each_step_has_a_rule():
    assert {one.step for one in all_rules_loaded()} == {one.id for one in STEPS}


def test_the_mark_is_that_of_the_worst_finding():
    def finding(severity):
        return Finding(text="x", cure="x", where=Where("x"), severity=severity)

    assert [mark_of(list(map(finding, one))) for one in ([], ["info"], ["info", "warning"], ["warning", "error"])] == [
        1,
        1,
        0.5,
        0,
    ]


def test_the_formula():
    rules = [Rule("title.a", "a", 3, "x"), Rule("title.b", "b", 1, "x"), Rule("state.c", "c", 1, "x")]
    steps = step_scores(rules, {"title.a": (1.0, 2), "title.b": (1.0, 1)})
    assert steps == {"title": (3 * 0.5 + 1) / 4}
    assert whole_score(steps) == steps["title"]
    assert whole_score({"title": 0.5, "state": 1.0}) == (2 * 0.5 + 3) / 5
    assert whole_score({}) == 1.0


@pytest.mark.parametrize(("score", "shown"), [(1.0, 100), (0.999, 99), (0.7, 70), (0.0, 0)])
def test_a_hundred_means_that_nothing_is_wrong(score, shown):
    assert rounded(score) == shown


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("smo_kit.core.audit_report.KEPT", 2)
    monkeypatch.setattr("smo_kit.core.audit_report.REMEMBERED", 1)
    rules = all_rules_loaded()
    tally = Tally(rules, 1)
    for number in range(5):
        found = [Finding(text=f"{number}", cure="x", where=Where("x"))]
        tally.add_page(page("x", path=f"/{number}/"), [(rules[0], found)])
    report = tally.report(of=5, seconds=0, links=0, is_complete=True)
    assert (len(tally._worst), len(tally._often), len(report["worst"])) == (2, 1, 1)


def test_where_a_page_is_mended(posts, settings):
    settings.ROOT_URLCONF = "tests.urls"
    report = pages(["/posts/one/"])
    urls = {one["url"] for one in report["worst"][0]["findings"]}
    assert f"/admin/smo_core/cardrow/{CardRow.objects.get(url='/posts/one/').pk}/change/" in urls


def test_an_article_of_no_row_is_judged_by_its_own_kind():
    assert article("x").is_article
    assert not page("x", kind="website").is_article


@pytest.mark.parametrize(("path", "status"), [("/breaks/", 500), ("/nowhere/", 302), ("/odd/", 200)])
def test_a_page_that_breaks_off_or_leads_nowhere_ends_no_audit(path, status):
    found = read_page(Target(f"{HOME}{path}", is_asked_for=True), HOME)
    assert found is not None
    assert found.status == status


def test_a_link_that_leads_nowhere_ends_no_audit(monkeypatch):
    def links(request: HttpRequest) -> HttpResponse:
        return HttpResponse('<title>Links</title><a href="/nowhere/">1</a><a href="/breaks/">2</a>')

    monkeypatch.setattr(urlpatterns[4], "callback", links)
    *_, last = audit_pages(["/about/"], home=HOME)
    assert last.report is not None
    assert last.report["links"] == 2


@pytest.mark.parametrize("path", ["/file/", "http://[bad"])
def test_what_is_no_page_is_refused_when_somebody_asks_for_it(path):
    with pytest.raises(Refused):
        list(audit_pages([path], home=HOME))
