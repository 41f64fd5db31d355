"""The leak audit finds what was planted, and nothing else."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from smo_kit.core import exits
from smo_kit.core.cards import card_for
from smo_kit.core.exits import Exit, all_exits, register_exit
from smo_kit.core.models import CardRow, Place
from smo_kit.core.subjects import key_of
from smo_kit.lock.leaks import reading
from smo_kit.lock.leaks.auditing import Audit
from smo_kit.lock.models import Lock, Spot
from smo_kit.mail.models import Mail
from smo_kit.meta.models import CardImage, Override
from tests.apps.lock.leaky_urls import LEAD, SECRET, TITLE, WHOLE, leaks
from tests.blog.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.lock.leaky_urls")]
HOME = "https://testserver"


@pytest.fixture(autouse=True)
def tight(db):
    Place.objects.create(path="/about/", words={"en": {"title": TITLE}})  # as if it had been shown before
    leaks.clear()
    yield
    leaks.clear()


@pytest.fixture
def make_post(django_capture_on_commit_callbacks):
    def make(slug: str = "oak", **fields: str) -> Post:
        with django_capture_on_commit_callbacks(execute=True):
            return Post.objects.create(slug=slug, title=f"About {slug}", **fields)

    return make


def audit(**kwargs):
    *_, last = Audit(HOME, **kwargs).run()
    return last.report


def found(report) -> set[tuple[str, str, str]]:
    return {(one.exit, one.where, one.place) for one in report.leaks}


def test_a_site_that_does_not_know_its_own_host_is_told_so(settings):
    settings.SMO_KIT = {"CORE": {"base_url": "https://site.example"}}
    settings.ALLOWED_HOSTS = ["localhost"]
    with pytest.raises(CommandError, match=r"read as https://site.example, a host .* Add it there"):
        call_command("smo_leaks", stdout=StringIO())


def test_a_clean_site_has_no_leak(make_post):
    make_post(lead="Three trees stand there.")
    report = audit()
    assert report.leaks == []
    assert (report.locks, report.unopened, report.unread) == (2, [], [])
    assert report.is_complete


def test_pages_are_read_first_so_that_their_locks_are_known(make_post):
    make_post()
    assert not Lock.objects.exists()
    assert audit().locks == 2


@pytest.mark.parametrize(
    ("leak", "where"),
    [
        ("feed", "/feed/"),
        ("api", "/api/"),
        ("print", "/print/oak/"),
        ("mapped", "/only-mapped/?a=1&b=2"),
    ],
)
def test_a_page_that_links_lead_to_is_looked_at(make_post, leak, where):
    make_post()
    leaks.add(leak)
    report = audit()
    assert found(report) == {("pages", where, "text")}
    (leak,) = report.leaks
    assert (leak.lock, leak.page, leak.language) == ("main", "/posts/oak/", "en")
    assert leak.words == SECRET.lower()
    assert leak.cure


def test_a_comment_in_the_page_itself_is_a_leak(make_post):
    make_post()
    leaks.add("comment")
    assert found(audit()) == {("pages", "/posts/oak/", "text, comment")}


def test_a_card_that_says_too_much_is_found_wherever_its_words_stand(make_post):
    post = make_post(lead=f"<p>{SECRET}</p>")
    row = CardRow.objects.get(object_pk=str(post.pk))
    places = found(audit())
    assert ("cards", f"page {row.pk}: summary", "text") in places
    metas = {place for exit_, where, place in places if (exit_, where) == ("pages", "/posts/oak/")}
    assert {"meta description", "meta og:description", "application/ld+json"} <= metas
    assert {where for exit_, where, _ in places if exit_ == "pages"} == {"/posts/oak/"}


def test_the_text_of_a_card_is_an_exit_though_no_page_shows_it(make_post):
    post = make_post(lead="Open.", body=f"<p>{LEAD}.</p><p>{SECRET}</p>")
    assert found(audit()) == {("card texts", f"blog.Post {post.pk}", "text")}


def test_mails_are_looked_at(make_post):
    make_post()
    mail = Mail.objects.create(
        kind="x", to="a@example.org", subject="News", html=f"<p>{SECRET}</p>", message_id="<1@x>", due=timezone.now()
    )
    report = audit()
    assert found(report) == {("mail", f"mail {mail.pk}: html", "text")}
    assert "a@example.org" not in json.dumps(report.as_json())


def test_words_of_editors_and_drawn_images_are_looked_at(make_post):
    post = make_post()
    key = key_of(post, "en")
    Override.objects.create(**key.fields, language="ru", image_alt=SECRET)
    CardImage.objects.create(digest="d", recipe={"title": SECRET})
    exits_found = {one for one, _where, _place in found(audit())}
    assert {"words for pages", "card images"} <= exits_found


def test_a_whole_page_but_for_what_is_public_on_purpose(make_post):
    make_post(lead=LEAD)
    assert audit().leaks == []
    make_post("other", lead=WHOLE)
    assert {one.lock for one in audit().leaks} == {"page"}


def test_the_title_of_a_whole_page_is_no_leak(make_post):
    make_post(lead=TITLE)
    assert audit().leaks == []
    make_post("other", lead=f"{TITLE}. {WHOLE}")
    assert {one.lock for one in audit().leaks} == {"page"}


def test_a_page_without_an_object_is_known_not_to_be_free(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.get("/about/")
    place = Place.objects.get(path="/about/")
    assert place.words["en"] == {"title": TITLE, "summary": "", "kind": "article", "free": False}
    assert card_for(place).free is False
    assert CardRow.objects.get(title=TITLE).free is False


def test_what_only_staff_may_see_is_looked_for_too(make_post):
    make_post("staff")
    leaks.add("feed")
    assert found(audit()) == {("pages", "/feed/", "text")}


def test_the_private_page_of_a_lock_is_read_as_any_other(make_post):
    make_post()
    seen = [one.path for one in reading.Reading(HOME).first()]
    assert "/posts/oak/" in seen
    assert not [one for one in seen if one.startswith(("/admin", "/static"))]


@pytest.mark.parametrize(
    ("slug", "why"),
    [("gone", "its page has changed"), ("broken", "out of order"), ("short", "too short"), ("empty", "no words")],
)
def test_a_lock_that_can_not_be_looked_behind_is_said(make_post, slug, why):
    make_post(slug)
    report = audit()
    assert report.leaks == []
    (one,) = [one for one in report.unopened if one["page"] == f"/posts/{slug}/"]
    assert why in one["why"]


def test_files_are_named_as_not_looked_at(make_post):
    post = make_post()
    lock = Lock.objects.create(content_type=ContentType.objects.get_for_model(Post), object_pk=str(post.pk), name="pdf")
    Spot.objects.create(lock=lock, source="file", where="a.pdf", path="/posts/oak/")
    assert [one["lock"] for one in audit().unopened] == ["pdf"]


def test_a_lock_that_is_off_hides_nothing(make_post):
    post = make_post()
    leaks.add("feed")
    audit()
    Lock.objects.filter(object_pk=str(post.pk)).update(is_on=False)
    cache.clear()
    assert audit().leaks == []


def test_a_page_that_breaks_is_said_and_all_others_are_read(make_post, caplog):
    make_post()
    leaks.update({"feed", "torn"})
    report = audit()
    assert found(report) == {("pages", "/feed/", "text")}
    assert report.unread == [{"what": "/torn/", "why": "It answers 500."}]


def test_an_exit_that_breaks_is_said_and_all_others_are_read(make_post, monkeypatch):
    make_post(lead=SECRET)

    def broken():
        raise RuntimeError("out of order")

    all_exits()
    monkeypatch.setitem(exits._exits, "broken", Exit("broken", broken))
    report = audit()
    assert "cards" in {one.exit for one in report.leaks}
    assert [one["what"] for one in report.unread] == ["broken"]


def test_a_site_adds_an_exit_of_its_own(make_post, monkeypatch):
    make_post()
    monkeypatch.setattr(exits, "_exits", dict(exits._exits))
    register_exit("search", lambda: [("row 1", f"…{SECRET}…")], cure="Leave it out of the index.")
    (leak,) = audit().leaks
    assert (leak.exit, leak.where, leak.cure) == ("search", "row 1", "Leave it out of the index.")


def test_what_is_found_behind_a_lock_is_kept_in_no_cache(make_post, settings):
    name = "django.middleware.cache"
    settings.MIDDLEWARE = [f"{name}.UpdateCacheMiddleware", *settings.MIDDLEWARE, f"{name}.FetchFromCacheMiddleware"]
    make_post()
    audit()
    assert SECRET not in repr(cache._cache)


def test_addresses_without_end_are_bounded_and_it_is_said(make_post, monkeypatch):
    make_post()
    monkeypatch.setattr(reading, "MOST", 3)
    report = audit()
    assert report.pages == 3
    assert not report.is_complete


def test_a_query_without_end_is_bounded():
    read = reading.Reading(HOME)
    waiting = reading.deque()
    for n in range(100):
        read._note(f"/feed/?page={n}", 0, waiting)
    assert len(waiting) == reading.QUERIES
    assert not read.is_complete


def test_the_limit_says_at_how_many_pages_it_begins(make_post):
    for n in range(3):
        make_post(f"p{n}")
    paths = [one.path for one in reading.Reading(HOME, limit=1).first()]
    assert [one for one in paths if one.startswith("/posts/")] == ["/posts/p2/"]


def run(*args: str) -> tuple[str, str]:
    out = StringIO()
    try:
        call_command("smo_leaks", *args, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def at_home(settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"base_url": HOME}}


def test_the_command_ends_well_on_a_clean_site(make_post, at_home):
    make_post()
    said, error = run()
    assert error == ""
    assert "2 hidden parts were looked for on" in said
    assert said.rstrip().endswith("Nothing was found.")


def test_the_command_names_lock_exit_place_words_and_cure(make_post, at_home):
    make_post()
    leaks.add("print")
    said, error = run()
    assert error == "1 leak."
    for words in ("main [en] /posts/oak/", "pages: /print/oak/ (text)", SECRET.lower(), "→ "):
        assert words in said


def test_the_command_speaks_json(make_post, at_home):
    make_post()
    make_post("gone")
    leaks.add("print")
    said, error = run("--json")
    report = json.loads(said)
    assert error
    assert {one["where"] for one in report["leaks"]} == {"/print/oak/", "/print/gone/"}
    assert report["unopened"][0]["page"] == "/posts/gone/"
