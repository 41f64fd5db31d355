"""Import and export: every comment is accounted for, once, at its page, in its thread and state."""

from __future__ import annotations

import datetime as dt
import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Action, Discussion, Entry, Origin, Vote
from smo_kit.comments.moderation import decide
from smo_kit.comments.signals import comment_published
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.transfer.foreign import Foreign
from smo_kit.comments.transfer.importing import Report, take
from smo_kit.comments.transfer.matching import Pages
from smo_kit.core.models import Place
from smo_kit.core.rows import sync
from smo_kit.core.sayings import gettext, packed
from smo_kit.mail.models import Mail
from tests.apps.comments.test_repair import found, repair, stock, stock_tree
from tests.apps.comments.test_transfer_formats import DISQUS, WXR, make_isso, write, wxr_comment
from tests.blog.models import Story, Telling

NOON = dt.datetime(2020, 5, 4, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def pages(article):
    for _ in sync():
        pass


def bring(*comments: Foreign, **options) -> Report:
    *_, report = take(comments, source="test", **options)
    assert report.is_whole
    return report


def foreign(id_: str, parent: str = "", minutes: int = 0, **fields) -> Foreign:
    given = {"url": "/posts/bridges/", "text": f"Comment {id_}", "name": "Grace", "email": "grace@example.org"}
    return Foreign(id=id_, parent=parent, submitted=NOON + dt.timedelta(minutes=minutes), **(given | fields))


def command(name: str, *args, **options) -> dict:
    out = StringIO()
    call_command(name, *map(str, args), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def texts() -> dict[str, int]:
    return dict(XtdComment.objects.values_list("comment", "pk"))


def test_a_disqus_export_comes_in_with_its_threads_and_states(tmp_path, article):
    report = command("smo_comments_import", "disqus", write(tmp_path, DISQUS))

    assert report["is_whole"]
    assert (report["read"], report["imported"], report["stored"], report["left"]) == (2, 2, 2, {})
    assert report["states"] == {"published": 1, "spam": 1}
    first, second = Entry.objects.order_by("pk")
    assert (first.comment.user_name, first.comment.submit_date.year, first.state) == ("Grace <3", 2020, "published")
    assert "<strong>fine</strong>" in first.html
    assert (second.parent, second.comment.is_public, second.comment.is_removed) == (first, False, True)
    assert discussion_of(article).count == 1
    assert found(repair()) == {}


def test_a_second_import_adds_nothing(tmp_path):
    file = write(tmp_path, DISQUS)
    command("smo_comments_import", "disqus", file)
    again = command("smo_comments_import", "disqus", file)

    assert (again["read"], again["imported"], again["there"], again["stored"]) == (2, 0, 2, 2)
    assert Entry.objects.count() == 2


def test_nobody_is_told_of_old_comments(django_capture_on_commit_callbacks):
    told = []

    def hear(sender, comment, **kwargs):
        told.append(comment)

    comment_published.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        bring(foreign("1"), foreign("2", "1", state=State.HELD))
    comment_published.disconnect(hear)
    assert told == []
    assert not Mail.objects.exists()


def test_replies_before_what_they_answer_find_it():
    bring(foreign("3", "2", 5), foreign("2", "1", 3), foreign("1", minutes=1), foreign("0", minutes=0))
    t = texts()

    assert stock_tree() == [[t["Comment 0"]], [t["Comment 1"], [t["Comment 2"], [t["Comment 3"]]]]]
    assert found(repair()) == {}


def test_a_reply_to_what_is_missing_starts_a_thread_and_is_told():
    report = bring(foreign("2", "1"), foreign("3", "2"))

    assert report.new_threads == 1
    assert stock_tree() == [[texts()["Comment 2"], [texts()["Comment 3"]]]]


def test_comments_that_answer_in_a_circle_are_all_there():
    bring(foreign("1", "3", 1), foreign("2", "1", 2), foreign("3", "2", 3))
    t = texts()
    assert stock_tree() == [[t["Comment 1"], [t["Comment 2"], [t["Comment 3"]]]]]


def test_a_reply_to_what_is_left_out_answers_what_that_had_answered():
    report = bring(
        foreign("1"), foreign("2", "1", text="   "), foreign("3", "2", refused="it is a pingback"), foreign("4", "3")
    )

    assert report.left == {"it has no text": 1, "it is a pingback": 1}
    assert stock_tree() == [[texts()["Comment 1"], [texts()["Comment 4"]]]]


def test_a_later_export_adds_what_is_new_to_old_threads(say):
    root = say("One of our own, in between.")
    bring(foreign("1"), foreign("2", "1", 2))
    report = bring(foreign("1"), foreign("2", "1", 2), foreign("3", "1", 1), foreign("4", "2", 3))
    t = texts()

    assert (report.there, report.imported) == (2, 2)
    assert stock_tree() == [
        [root.pk],
        [t["Comment 1"], [t["Comment 2"], [t["Comment 4"]]], [t["Comment 3"]]],
    ]
    assert found(repair()) == {}


def test_what_is_left_out_is_kept_and_can_be_brought_later(tmp_path):
    comments = [wxr_comment(1), wxr_comment(2, parent=1, kind="pingback")]
    other = WXR.format(comments="".join(comments)).replace("/posts/bridges/", "/elsewhere/7")
    left = tmp_path / "left.jsonl"
    report = command("smo_comments_import", "wordpress", write(tmp_path, other), leftovers=left)

    assert report["left"] == {"its page is not here": 1, "it is a pingback": 1}
    assert report["unmatched"] == [{"page": "https://old.example.org/elsewhere/7", "comments": 1}]
    rows = [json.loads(line) for line in left.read_text().splitlines()]
    assert [row["left"] for row in rows] == ["its page is not here", "it is a pingback"]

    moved = "--map=https://old.example.org/elsewhere/7=/posts/bridges/"
    assert command("smo_comments_import", "smo", left, moved)["imported"] == 2
    assert command("smo_comments_import", "wordpress", tmp_path / "export", moved)["there"] == 1


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    report = command("smo_comments_import", "disqus", write(tmp_path, DISQUS), dry_run=True)

    assert (report["dry_run"], report["imported"], report["stored"]) == (True, 2, 0)
    assert not Entry.objects.exists()
    assert not Origin.objects.exists()


def test_a_broken_file_imports_nothing_and_says_where(tmp_path):
    file = write(tmp_path, '{"version": 1}\n{"id": "a", "text": "b", "locator": {"url": "/posts/bridges/"}}\n{"id"')
    with pytest.raises(CommandError, match=r"line 3: this is no JSON.*Nothing was imported"):
        call_command("smo_comments_import", "remark42", str(file))
    assert not Entry.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    for name in ("smo", "isso", "xtd", "disqus"):
        with pytest.raises(CommandError, match=r"none\.file"):
            call_command("smo_comments_import", name, str(tmp_path / "none.file"))


def test_counts_are_told_in_words(tmp_path):
    out = StringIO()
    file = make_isso(tmp_path, (1, None, 1, "Hi"), (2, 77, 1, "Hm"), (3, None, 1, ""))
    call_command("smo_comments_import", "isso", str(file), stdout=out)

    assert out.getvalue().splitlines() == [
        "3 comments read: 2 imported on 1 pages, 0 were there already, 1 left out.",
        "      1 left out: it has no text",
        "      1 answer what is not in the file, and start threads.",
    ]


def test_likes_of_others_are_votes_here(tmp_path):
    command("smo_comments_import", "isso", make_isso(tmp_path, (1, None, 1, "Hi")))
    entry = Entry.objects.get()

    assert (entry.likes, entry.dislikes, Vote.objects.count()) == (3, 1, 4)
    assert found(repair()) == {}


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name", "x" * 80, "x" * 49 + "…"),
        ("name", " ", "Guest"),
        ("email", "nonsense", ""),
        ("website", "javascript:alert(1)", ""),
        ("website", f"https://example.org/{'x' * 300}", ""),
        ("ip", "127.0.0.300", None),
        ("ip", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_what_a_column_can_not_hold_is_left_away(field, given, kept):
    columns = {"name": "user_name", "email": "user_email", "website": "user_url", "ip": "ip_address"}
    bring(foreign("1", **{field: given}))
    assert getattr(XtdComment.objects.get(), columns[field]) == kept


@pytest.mark.parametrize(
    "reason",
    [
        {"submitted": None},
        {"text": "\u200b"},
        {"text": "x" * 100_001},
        {"id": ""},
        {"url": "/nowhere/"},
        {"url": "//["},
    ],
)
def test_what_is_no_comment_is_left_out_with_its_reason(reason):
    given = {"id": "1", "text": "Hi", "url": "/posts/bridges/", "submitted": NOON}
    report = bring(Foreign(**(given | reason)))
    assert sum(report.left.values()) == 1
    assert not Entry.objects.exists()


def test_letters_that_no_table_takes_are_left_away(article):
    bad = "\x00\ud800\u202e"
    words = dict.fromkeys(("id", "parent", "title", "name", "email", "website", "user", "ip", "text"), f"a{bad}")
    bring(Foreign(**words, url=f"/posts/bridges/{bad}", identifier=f"x:{bad}", submitted=NOON))

    assert XtdComment.objects.values_list("comment", "user_name", "object_pk").get() == ("a", "a", str(article.pk))


def test_an_id_that_comes_twice_is_taken_once():
    report = bring(foreign("1"), foreign("1", text="Again"))
    assert report.left == {"its id was there before in the file": 1}


def test_an_account_is_believed_only_with_its_address(member):
    bring(foreign("1", user="ada", email="ADA@example.org"), foreign("2", user="ada", email="eve@example.org"))
    assert dict(XtdComment.objects.values_list("comment", "user")) == {"Comment 1": member.pk, "Comment 2": None}


@pytest.mark.parametrize(
    "url",
    [
        "/posts/bridges/",
        "/posts/bridges",
        "posts/bridges",
        "http://old.example.org/posts/bridges/?utm_source=x#comments",
        "https://testserver/posts/bridges/",
    ],
)
def test_pages_are_found_by_their_path(url, article):
    key = Pages().of(foreign("1", url=url))
    assert key is not None
    assert key.object_pk == str(article.pk)


def test_pages_are_found_by_what_else_names_them(article):
    place = Place.objects.create(path="/any/thing/")
    named = foreign("1", url="", identifier=f"blog.post:{article.pk}")

    assert Pages().of(named).object_pk == str(article.pk)
    assert Pages().of(foreign("2", url="", identifier="/posts/bridges/")).object_pk == str(article.pk)
    assert Pages().of(foreign("3", url="https://x.example.org/any/thing/")).object_pk == str(place.pk)
    for identifier in ("blog.post:99", "blog.nothing:1", "blog.post:x", "a:b", "node/2"):
        assert Pages().of(foreign("4", url="", identifier=identifier)) is None


def test_a_page_that_was_moved_is_found_where_it_is(article):
    moved = Pages([("https://old.example.org/blog/", "/posts/")])
    assert moved.of(foreign("1", url="https://old.example.org/blog/bridges/")).object_pk == str(article.pk)


def test_an_old_address_that_the_site_sends_on_is_followed():
    story = Story.objects.create()
    Telling.objects.create(story=story, language="en", slug="tale", title="Tale")
    for _ in sync():
        pass
    assert Pages().of(foreign("1", url="https://old.example.org/stories/tale/")).object_pk == str(story.pk)


def test_each_language_gets_its_own_comments_where_the_site_wants_that(settings):
    settings.SMO_KIT = {"COMMENTS": {"per_language": True}}
    story = Story.objects.create()
    for language, slug in (("en", "tale"), ("ru", "skazka")):
        Telling.objects.create(story=story, language=language, slug=slug, title=slug)
    for _ in sync():
        pass
    russian = "/ru/stories/skazka/"
    bring(foreign("1", url="/en/stories/tale/"), foreign("2", url=russian), foreign("3", "2", url=russian))

    assert dict(Discussion.objects.values_list("language", "count")) == {"en": 1, "ru": 2}
    assert found(repair()) == {}


def test_the_own_format_knows_the_language_of_a_discussion(settings, tmp_path):
    settings.SMO_KIT = {"COMMENTS": {"per_language": True}}
    story = Story.objects.create()
    identifier = f"blog.story:{story.pk}"
    bring(*(foreign(code, identifier=identifier, url="", more={"language": code}) for code in ("en", "ru")))
    command("smo_comments_export", "smo", tmp_path / "out")
    XtdComment.objects.all().delete()
    command("smo_comments_import", "smo", tmp_path / "out")

    assert dict(Discussion.objects.values_list("language", "count")) == {"en": 1, "ru": 1}


def test_the_own_format_loses_nothing(tmp_path, say, article, member):
    root = say("Root of all that follows here.")
    reply = say("Granite, as far as I know.", root)
    say("This one has to wait a little.", root)
    decide(Entry.objects.last(), "hold", user=member, note="look again")
    Vote.objects.create(entry=reply, voter="somebody", value=1)
    kept = packed(gettext("Links: %(number)s.") % {"number": 3})
    Entry.objects.filter(pk=reply.pk).update(likes=1, pinned_at=NOON, reasons=["x", kept])
    file = tmp_path / "own.jsonl"
    assert command("smo_comments_export", "smo", file) == {"exported": 3}
    before = stories()

    assert command("smo_comments_import", "smo", file)["there"] == 3
    XtdComment.objects.all().delete()
    Discussion.objects.all().delete()
    assert command("smo_comments_import", "smo", file)["imported"] == 3
    assert stories() == before
    assert Action.objects.get().note == "look again"
    assert Action.objects.get().site_id == Discussion.objects.get().site_id
    assert found(repair()) == {}
    assert command("smo_comments_import", "smo", file)["there"] == 3


def stories() -> list[tuple]:
    names = ("comment__comment", "parent__comment__comment", "state", "comment__user", "person", "author_mark")
    more = ("likes", "pinned_at", "published_at", "reasons", "html", "language", "comment__submit_date", "size")
    return list(Entry.objects.order_by("comment__comment").values_list(*names, *more))


def test_what_goes_out_as_wxr_comes_back(tmp_path, say):
    root = say("Root of *all* that <follows> here.")
    say("Granite & limestone,\nas far as I know.", root)
    held = say("This one has to wait a little.", root)
    decide(held, "hold")
    file = tmp_path / "out.xml"
    assert command("smo_comments_export", "wordpress", file)["exported"] == 3
    before = list(Entry.objects.order_by("pk").values_list("html", "state"))
    XtdComment.objects.all().delete()

    assert command("smo_comments_import", "wordpress", file)["imported"] == 3
    assert list(Entry.objects.order_by("pk").values_list("html", "state")) == before
    assert Entry.objects.exclude(parent=None).count() == 2


def test_what_goes_out_to_remark42_comes_back_without_what_it_can_not_hold(tmp_path, say):
    root = say("Root of *all* that follows here.")
    decide(say("This one has to wait a little.", root), "hold")
    file = tmp_path / "out"

    assert command("smo_comments_export", "remark42", file)["exported"] == 1
    XtdComment.objects.all().delete()
    assert command("smo_comments_import", "remark42", file)["imported"] == 1
    assert XtdComment.objects.get().comment == "Root of *all* that follows here."


@pytest.mark.parametrize("format_", ["smo", "wordpress", "remark42"])
def test_a_sites_own_export_adds_nothing_to_it(tmp_path, say, format_):
    root = say("Root of *all* that follows here.")
    say("Granite & limestone, as far as I know.", root)
    bring(foreign("7"))
    file = tmp_path / "out"
    command("smo_comments_export", format_, file)
    Entry.objects.filter(pk=root.pk).update(html="", person="")
    XtdComment.norel_objects.filter(pk=root.pk).update(comment="", user_name="Deleted")

    again = command("smo_comments_import", format_, file)

    assert (again["imported"], again["there"], again["stored"]) == (0, 3, 3)
    assert Entry.objects.count() == 3
    assert XtdComment.objects.get(pk=root.pk).comment == ""


def test_exports_of_one_site_in_several_formats_are_one_and_the_same_elsewhere(tmp_path, say):
    say("Granite & limestone, as far as I know.", say("Root of *all* that follows here."))
    bring(foreign("7"))
    for format_ in ("smo", "wordpress", "remark42"):
        command("smo_comments_export", format_, tmp_path / format_)
    XtdComment.objects.all().delete()
    say("The one comment of another site.")

    counts = [command("smo_comments_import", name, tmp_path / name) for name in ("wordpress", "smo", "remark42")]

    assert [(one["imported"], one["there"]) for one in counts] == [(3, 0), (0, 3), (0, 3)]
    assert bring(foreign("7")).there == 1
    assert found(repair()) == {}


def test_what_wordpress_has_numbered_anew_is_found_by_its_meta_data(tmp_path, say):
    root = say("Root of *all* that follows here.")
    say("Granite & limestone, as far as I know.", root)
    file = tmp_path / "out.xml"
    command("smo_comments_export", "wordpress", file)
    numbers = r"(<wp:comment_(?:id|parent)>)([1-9]\d*)"
    renumbered = re.sub(numbers, lambda found: f"{found[1]}{int(found[2]) + 700}", file.read_text())
    added = wxr_comment(900 + root.pk, parent=700 + root.pk)
    file.write_text(renumbered.replace("</item>", f"{added}</item>"))

    again = command("smo_comments_import", "wordpress", file)

    assert (again["imported"], again["there"]) == (1, 2)
    assert Entry.objects.latest("pk").parent == root


def remark(ours: object) -> str:
    about = {"locator": {"url": "/posts/bridges/"}, "time": NOON.isoformat(), "user": {"name": "Grace"}}
    return json.dumps({"id": "a", "text": "b", **about, "smo": ours})


@pytest.mark.parametrize("ours", [{"id": "9" * 30}, {"id": "x"}, {"origins": ["a", 7, "b c d"]}, {"origins": 7}, None])
def test_marks_that_make_no_sense_are_passed_over(tmp_path, ours):
    assert command("smo_comments_import", "remark42", write(tmp_path, remark(ours)))["imported"] == 1
    assert Origin.objects.count() == 1


def test_marks_of_another_form_are_named(tmp_path):
    with pytest.raises(CommandError, match="line 1: smo must be an object"):
        command("smo_comments_import", "remark42", write(tmp_path, remark("x")))


def test_comments_that_are_not_known_yet_stop_an_export(tmp_path, article):
    stock(article, (1, 1, 0, 1, 0))
    with pytest.raises(CommandError, match="Run smo_repair_threads first"):
        call_command("smo_comments_export", "smo", str(tmp_path / "out"))


def test_thousands_take_few_queries():
    with CaptureQueriesContext(connection) as few:
        bring(*(foreign(str(n), str(n // 3) if n % 3 else "", n) for n in range(1, 60)))
    XtdComment.objects.all().delete()
    Discussion.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        bring(*(foreign(str(n), str(n // 3) if n % 3 else "", n) for n in range(1, 400)))
    assert len(many) < len(few) + 20
