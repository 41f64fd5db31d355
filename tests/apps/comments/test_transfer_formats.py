"""Each format is read as its system writes it; what is broken is refused by its line."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smo_kit.comments.markup import to_html
from smo_kit.comments.states import State
from smo_kit.comments.transfer import disqus, isso, remark42, smo, wordpress, xtd
from smo_kit.comments.transfer.foreign import BadFile, Foreign
from smo_kit.comments.transfer.texts import markdown_of, with_paragraphs

NOON = datetime(2020, 5, 4, 12, 0, tzinfo=UTC)

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>demo</forum><title>General</title></category>
<thread dsq:id="20">
  <id>bridges-7</id><forum>demo</forum><category dsq:id="1"/><link>https://old.example.org/posts/bridges/</link>
  <title>Bridges &amp; tunnels</title><author><name>Editor</name></author><isDeleted>false</isDeleted>
</thread>
<post dsq:id="301">
  <id/><message><![CDATA[<p>A <b>fine</b> arch.<br>See <a href="https://example.org/a">here</a></p>]]></message>
  <createdAt>2020-05-04T12:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
  <author><name>Grace &lt;3</name><email>grace@example.org</email><isAnonymous>true</isAnonymous></author>
  <ipAddress>192.0.2.7</ipAddress><thread dsq:id="20"/>
</post>
<post dsq:id="302">
  <message>&lt;p&gt;Spam!&lt;/p&gt;</message><createdAt>2020-05-04T12:00:00Z</createdAt>
  <isDeleted>true</isDeleted><isSpam>true</isSpam><author><name>Bot</name></author>
  <thread dsq:id="20"/><parent dsq:id="301"/>
</post>
</disqus>"""

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:author><wp:author_login>admin</wp:author_login></wp:author>
<item><title>Bridges</title><link>https://old.example.org/posts/bridges/</link>
{comments}
</item></channel></rss>"""


def wxr_comment(id_: int, parent: int = 0, approved: str = "1", kind: str = "", text: str = "Hi") -> str:
    return f"""<wp:comment><wp:comment_id>{id_}</wp:comment_id>
<wp:comment_author><![CDATA[Grace]]></wp:comment_author>
<wp:comment_author_email>grace@example.org</wp:comment_author_email>
<wp:comment_author_url>https://example.org</wp:comment_author_url>
<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_date>2020-05-04 14:00:00</wp:comment_date>
<wp:comment_date_gmt>2020-05-04 12:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved>
<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def write(folder: Path, text: str | bytes, name: str = "export") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def make_isso(folder: Path, *comments: tuple) -> Path:
    file = folder / "comments.db"
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR UNIQUE, title VARCHAR)")
    database.execute(
        "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, "
        "modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, "
        "website VARCHAR, likes INTEGER, dislikes INTEGER, voters BLOB)"
    )
    database.execute("INSERT INTO threads VALUES (1, '/posts/bridges/', 'Bridges')")
    for id_, parent, mode, text in comments:
        row = (1, id_, parent, NOON.timestamp(), None, mode, "192.0.2.0", text, "Grace", None, None, 3, 1, b"")
        database.execute(f"INSERT INTO comments VALUES ({', '.join('?' * len(row))})", row)
    database.commit()
    database.close()
    return file


def test_disqus_threads_and_posts_become_comments(tmp_path):
    first, second = disqus.read(write(tmp_path, DISQUS))

    assert first == Foreign(
        id="301",
        url="https://old.example.org/posts/bridges/",
        identifier="bridges-7",
        title="Bridges & tunnels",
        name="Grace <3",
        email="grace@example.org",
        text="A **fine** arch.\\\nSee [here](https://example.org/a)",
        submitted=NOON,
        ip="192.0.2.7",
    )
    assert (second.id, second.parent, second.state, second.text) == ("302", "301", State.SPAM, "Spam!")


def test_a_packed_file_is_read_alike(tmp_path):
    packed = write(tmp_path, gzip.compress(DISQUS.encode()), "export.xml.gz")
    assert len(list(disqus.read(packed))) == 2


def test_wordpress_states_and_robots_are_told_apart(tmp_path):
    approved = ("1", "0", "spam", "trash")
    comments = [wxr_comment(n, approved=how) for n, how in enumerate(approved, 1)]
    comments += [
        wxr_comment(9, parent=1, text="One\nline\n\n<em>another</em> &amp; more"),
        wxr_comment(10, kind="pingback"),
    ]
    found = list(wordpress.read(write(tmp_path, WXR.format(comments="".join(comments)))))

    assert [one.state for one in found[:4]] == [State.PUBLISHED, State.HELD, State.SPAM, State.REMOVED]
    assert (found[4].parent, found[4].text) == ("1", "One\\\nline\n\n*another* & more")
    assert (found[0].parent, found[0].submitted, found[0].website) == ("", NOON, "https://example.org")
    assert found[5].refused == "it is a pingback"


def test_control_characters_in_xml_are_left_out(tmp_path):
    file = write(tmp_path, WXR.format(comments=wxr_comment(1, text="Wor\x08ds\x0b")))
    assert next(wordpress.read(file)).text == "Words"


def test_isso_is_read_from_its_database(tmp_path):
    first, second, third = isso.read(make_isso(tmp_path, (1, None, 1, "*Hi*"), (2, 1, 2, "Hm"), (3, 1, 4, "")))

    assert first == Foreign(
        id="1",
        url="/posts/bridges/",
        title="Bridges",
        name="Grace",
        text="*Hi*",
        submitted=NOON,
        ip="192.0.2.0",
        likes=3,
        dislikes=1,
    )
    assert [(one.parent, one.state) for one in (second, third)] == [("1", State.HELD), ("1", State.REMOVED)]


def test_remark42_markdown_is_taken_before_its_html(tmp_path):
    common = {"user": {"name": "Grace", "ip": "hash"}, "locator": {"url": "https://x.example.org/p/"}, "pid": ""}
    date = "2020-05-04T14:00:00+02:00"
    file = write(
        tmp_path,
        lines(
            {"version": 1, "users": [], "posts": []},
            {"id": "a", "orig": "*Hi*", "text": "<p><em>Hi</em></p>", "time": date, "votes": {"x": True, "y": False}}
            | common,
            {"id": "b", "text": "<p><em>Hm</em></p>", "time": date, "delete": True} | common | {"pid": "a"},
        ),
    )
    first, second = remark42.read(file)

    assert (first.text, first.likes, first.dislikes, first.submitted, first.ip) == ("*Hi*", 1, 1, NOON, "")
    assert (second.text, second.parent, second.state) == ("*Hm*", "a", State.REMOVED)


@pytest.mark.parametrize("as_lines", [True, False])
def test_a_dump_of_a_stock_site_is_put_together(tmp_path, as_lines):
    words = {"comment": "Hi", "submit_date": "2020-05-04T12:00:00Z", "object_pk": "5", "is_public": True}
    common = {**words, "content_type": ["blog", "post"], "user": None, "is_removed": False}
    rows = [
        {"model": "auth.user", "pk": 3, "fields": {"username": "ada", "email": "ada@example.org", "first_name": "Ada"}},
        {"model": "django_comments.comment", "pk": 1, "fields": {**common, "user": ["ada"]}},
        {"model": "django_comments.comment", "pk": 2, "fields": {**common, "is_removed": True, "user_name": "Bob"}},
        {"model": "django_comments_xtd.xtdcomment", "pk": 1, "fields": {"parent_id": 1}},
        {"model": "django_comments_xtd.xtdcomment", "pk": 2, "fields": {"parent_id": 1}},
        {"model": "django_comments.commentflag", "pk": 1, "fields": {"comment": 1, "flag": "I liked it"}},
    ]
    first, second = xtd.read(write(tmp_path, lines(*rows) if as_lines else json.dumps(rows)))

    assert (first.identifier, first.parent, first.user, first.email) == ("blog.post:5", "", "ada", "ada@example.org")
    assert (first.name, first.likes) == ("Ada", 1)
    assert (second.parent, second.state, second.name) == ("1", State.REMOVED, "Bob")


def test_the_own_format_comes_back_as_it_was(tmp_path):
    one = Foreign(id="1", text="Hi", submitted=NOON, state=State.HELD, likes=2, more={"votes": [["x", 1]]}, url="/a/")
    file = tmp_path / "own"
    with file.open("wb") as opened:
        assert smo.write([one], opened) == 1

    assert list(smo.read(file)) == [one]
    assert next(smo.read(file)).mark == one.mark


BOMB = """<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><disqus>&b;</disqus>"""
OUTSIDE = """<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><disqus><post>&x;</post></disqus>"""


@pytest.mark.parametrize(
    ("read", "content", "words"),
    [
        (disqus.read, "<disqus>\n<post>\n</disqus>", "line 3"),
        (disqus.read, DISQUS[:900], "no right XML"),
        (disqus.read, BOMB, "declares a document type"),
        (disqus.read, OUTSIDE, "declares a document type"),
        (wordpress.read, "not XML", "line 1"),
        (wordpress.read, b"<?xml version='1.0' encoding='nonsense'?><rss/>", "UTF-8|no right XML"),
        (remark42.read, '{"version": 1}\n{"id": "a"\n', "line 2: this is no JSON"),
        (remark42.read, '{"version": 1}\n[]\n', "line 2: this must be an object"),
        (remark42.read, '{"hello": 1}\n', "line 1: neither a comment"),
        (remark42.read, '{"id": "a", "user": 7}\n', "line 1: user must be an object"),
        (smo.read, '{"id": "a"}\n', "line 1: id and text are needed"),
        (smo.read, '{"id": "a", "text": "b", "state": "odd"}\n', "line 1: 'odd' is not a valid State"),
        (smo.read, '{"id": "a", "text": 7}\n', "line 1: text must be a string"),
        (smo.read, '{"id": "a", "text": "b", "more": 7}\n', "line 1: more must be an object"),
        (smo.read, '{"id": "a", "text": "b", "more": {"votes": [["x"]]}}\n', "votes must be a list of 2 values each"),
        (smo.read, '{"id": "a", "text": "b", "more": {"spam_score": "x"}}\n', "spam_score a number"),
        (smo.read, '{"id": "a", "text": "b", "more": {"reasons": [7]}}\n', "reasons must be a list of texts"),
        (smo.read, '{"id": "a", "text": "b", "more": {"reasons": [{"$say": ["%(n)s"], "$with": {}}]}}\n', "reasons"),
        (smo.read, "[" * 100_000, "line 1: this is no JSON"),
        (isso.read, "no database at all, but long enough to be read as one" * 40, "no database of Isso"),
        (xtd.read, '[{"model": "a"}]', "object 1: this is no object of dumpdata"),
        (xtd.read, "[7]", "object 1"),
        (xtd.read, "[", "no JSON"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, read, content, words):
    with pytest.raises(BadFile, match=words):
        list(read(write(tmp_path, content)))


def test_a_dump_with_numbers_for_models_says_what_to_add(tmp_path):
    rows = [{"model": "django_comments.comment", "pk": 1, "fields": {"content_type": 7}}]
    with pytest.raises(BadFile, match="--natural-foreign"):
        list(xtd.read(write(tmp_path, json.dumps(rows))))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain * and _ and <script>x</script>", r"plain \* and \_ and"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<blockquote>q</blockquote>r", "> q\n\nr"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<img src="https://example.org/i.png">', "<https://example.org/i.png>"),
        ('<a href="javascript:x">a</a>', "a"),
        ("&lt;b&gt; &amp;", "<b> &"),
    ],
)
def test_html_becomes_our_markdown(html, markdown):
    assert markdown_of(html) == markdown


def test_html_that_looks_like_markdown_stays_what_it_says():
    assert to_html(markdown_of("2 * 3 * 4 &lt;b&gt;")) == "<p>2 * 3 * 4 &lt;b&gt;</p>"


def test_tags_nested_beyond_reason_leave_their_words():
    assert markdown_of("<blockquote>" * 3000 + "deep").strip("> ").startswith("deep")


def test_lines_of_wordpress_become_paragraphs():
    assert with_paragraphs("a\nb\r\n\r\nc") == "<p>a<br>b</p><p>c</p>"
    assert with_paragraphs("<p>a\nb</p>") == "<p>a\nb</p>"
