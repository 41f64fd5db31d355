"""What readers and editors write comes out as text, wherever it comes out: each text of ``hostile.py``, each outlet.

An outlet is read by a parser of its own, and is to have nothing more than it has for a plain word: no element, no
attribute, no header, no column, no key. Addresses that run and letters that turn the page are nowhere.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree as Tree

import html5lib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from PIL import Image

from smo_kit.best.desk.export import csv_of
from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.notices import tell_of_held
from smo_kit.comments.own_comment import own_token
from smo_kit.comments.services import post
from smo_kit.comments.states import State
from smo_kit.comments.votes import report
from smo_kit.core.answers import json_file
from smo_kit.core.cards import Card
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow
from smo_kit.core.people import export, holders, person_of
from smo_kit.core.refusals import Refused
from smo_kit.core.subjects import key_of
from smo_kit.core.text import one_line
from smo_kit.core.visitors import Visitor
from smo_kit.mail.sending import send_what_is_due
from smo_kit.meta.images import image_of
from smo_kit.meta.models import Override
from smo_kit.meta.recipes import recipe_for
from smo_kit.meta.shapes import WIDE
from smo_kit.notify.fan_out import spread
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery
from smo_kit.notify.services import follow
from smo_kit.notify.subscribers import at_address, prove
from tests.blog.models import Post
from tests.security.hostile import INVISIBLE, PLAIN, TEXTS, metas, more_than, storable

SEEN = ("a script", "the end of an attribute", "an SVG", "a refresh", "the end of a form", "half a tag")
"""Those that are elements wherever nobody escapes them."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
LD = "application/ld+json"
PAGE = """{% load smo %}<!doctype html><html lang="en"><head>{% smo_head %}</head><body>
{% smo_share %}{% smo_comments %}{% smo_latest_comments %}{% smo_best_commenters %}{% smo_rate %}{% smo_subscribe %}
{% smo_login %}{% smo_quote %}Stone{% endsmo_quote %}{% smo_best %}{% smo_related %}{% smo_scripts %}</body></html>"""


class Told:
    """A page, a member, a guest and an editor that say one and the same text wherever they can."""

    def __init__(self, text: str) -> None:
        self.said, self.text = text, storable(text)
        kept = self.text
        self.page = Post.objects.create(slug="bridges", title=kept or PLAIN, lead=kept, body=kept)
        self.key = key_of(self.page, "en")
        Override.objects.create(
            content_type_id=self.key.content_type_id, object_pk=self.key.object_pk, language="en", image_alt=kept[:400]
        )
        self.member = get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name=kept[:150])
        self.guest = self._say(text, name=text, email="guest@example.org", url=text)
        self.entry = self._say(text, user=self.member, reply_to=self.guest.pk)
        report(self.guest, Visitor("0" * 32, self.member.pk), text)
        said = Card(url="/posts/bridges/", title=kept, summary=kept, author=kept, image_alt=kept, tags=[kept])
        columns = {name: getattr(said, name) for name in ("title", "summary", "author", "image_alt")}
        page = {"content_type_id": self.key.content_type_id, "object_pk": self.key.object_pk, "url": "/posts/bridges/"}
        source = {"source_type_id": self.key.content_type_id, "source_pk": self.key.object_pk, "language": "en"}
        self.card = CardRow.objects.get_or_create(**source, defaults=page)[0]
        CardRow.objects.filter(pk=self.card.pk).update(**columns, tags=list(said.tags))

    def _say(self, text: str, **fields: Any) -> Entry:
        """Post a comment; what is refused in a field is left out of it."""
        plain = {"name": PLAIN, "url": "", "text": PLAIN}
        said = {"text": text, "language": "en", **fields}
        for _ in range(len(plain) + 1):
            try:
                return post(self.page, Draft(**said)).entry
            except Refused as refused:
                field = {"comment": "text", "website": "url"}.get(refused.field, refused.field)
                said[field] = plain[field]
        raise AssertionError("Not even plain words were taken.")

    def say_more(self) -> Entry:
        """Answer, as the member."""
        return self._say(self.said, user=self.member, reply_to=self.entry.pk)

    def asked(self) -> str:
        request = RequestFactory().get("/posts/bridges/", HTTP_REFERER=f"https://a.example/?q={self.text[:99]!r}")
        request.user, request.session = AnonymousUser(), {}
        return Template(PAGE).render(RequestContext(request, {"object": self.page}))


@pytest.fixture
def told(db, settings) -> Callable[[str], Told]:
    settings.ROOT_URLCONF = "tests.apps.comments.urls"
    settings.DEFAULT_FROM_EMAIL = "Magazine <news@magazine.test>"
    own = {"COMMENTS": {"confirm_guests": False, "moderators": ["boss@example.org"]}, "SPAM": {"rules": ()}}
    settings.SMO_KIT = settings.SMO_KIT | own
    return Told


def of_page(one: Told) -> str:
    return one.asked()


def of_part(one: Told) -> str:
    asked = Client(headers={"x-smo-part": "1"})
    return asked.get(f"/smo/comments/sent/{own_token(one.guest)}/").content.decode()


def of_lists(one: Told) -> str:
    boss = get_user_model().objects.create_superuser("boss", "boss@example.org", "pw")
    client = Client()
    client.force_login(boss)
    of_entry = "/admin/smo_comments/entry/"
    asked = [of_entry, f"{of_entry}{one.entry.pk}/change/", f"{of_entry}{one.guest.pk}/change/",
             "/admin/smo_core/cardrow/", f"/admin/smo_core/cardrow/{one.card.pk}/change/",
             "/admin/smo_comments/discussion/"]  # fmt: skip
    return "".join(client.get(path).content.decode() for path in asked)


def of_account(one: Told) -> str:
    client = Client()
    client.force_login(one.member)
    return "".join(client.get(path).content.decode() for path in ("/smo/login/account/", "/smo/notify/inbox/"))


PAGES = {"page": of_page, "part of a page": of_part, "lists of the admin": of_lists, "a member's pages": of_account}


def undone(say: Callable[[], Any]) -> Any:
    """Return what is said, and leave nothing of it behind."""
    with transaction.atomic():
        found = say()
        transaction.set_rollback(True)
    cache.clear()
    return found


def heads(one: Told) -> set[str]:
    """Return what a page says to networks and to search engines, without the words themselves."""
    html = one.asked()
    found = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    said = [json.loads(script.text or "") for script in found.iter("script") if script.get("type") == LD]
    assert said
    assert len(metas(html)) == len(set(metas(html)))
    return {*metas(html), *keys(said)}


def keys(said: Any, at: str = "") -> set[str]:
    """Return the places of JSON, with the words of those that say what a thing is."""
    if isinstance(said, dict):
        kinds = {f"{at}/{name}={said[name]}" for name in ("@type", "@context") if name in said}
        return kinds.union(*(keys(value, f"{at}/{name}") for name, value in said.items()))
    return set().union(*(keys(each, at) for each in said)) if isinstance(said, list) else {at}


def letters(one: Told) -> list[tuple[list[str], str, str, str]]:
    """Return the mails to a reader and to a moderator: names of headers, recipients, text and HTML."""
    follow(prove(at_address("reader@example.org", language="en")), one.entry.discussion)
    one.say_more()
    spread(100)
    Delivery.objects.update(due=timezone.now())
    collect(100)
    move(one.guest, State.HELD, verb="held")
    tell_of_held(one.guest)
    send_what_is_due()
    sent, mail.outbox[:] = list(mail.outbox), []
    return [taken_apart(each) for each in sorted(sent, key=lambda each: each.to)]


def taken_apart(sent: Any) -> tuple[list[str], str, str, str]:
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    names = sorted({name.lower() for name in read})
    assert all(not INVISIBLE.search(str(value)) for value in read.values())
    parts = {kind: read.get_body((kind,)) for kind in ("plain", "html")}
    plain, html = (part.get_content() if part else "" for part in parts.values())
    return names, f"{read['to']} {sorted(sent.recipients())}", plain, html


def table(one: Told) -> list[list[str]]:
    """Return the table of clicks, as a program reads it."""
    Offer.objects.create(
        site_id=1, week=monday(), block="related", position=0,
        page_type_id=one.key.content_type_id, page_pk=one.key.object_pk,
        shown_type_id=one.key.content_type_id, shown_pk=one.key.object_pk,
    )  # fmt: skip
    head, *rows = csv.reader(io.StringIO("".join(csv_of(4, "", "en"))), strict=True)
    assert {len(row) for row in rows} == {len(head)}
    return rows


@dataclass
class Plain:
    """What each outlet has for a plain word."""

    pages: dict[str, str]
    heads: set[str]
    letters: list[Any]


@pytest.fixture(scope="module")
def asked_before() -> list[Plain]:
    return []


@pytest.fixture
def plain(told, asked_before) -> Plain:
    if not asked_before:
        pages = undone(lambda: asked_all(told(PLAIN)))
        asked_before.append(Plain(pages, undone(lambda: heads(told(PLAIN))), undone(lambda: letters(told(PLAIN)))))
    return asked_before[0]


def asked_all(one: Told) -> dict[str, str]:
    return {outlet: ask(one) for outlet, ask in PAGES.items()}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_outlet_has_more_than_for_a_plain_word(told, plain, text):
    one = told(text)
    found = {outlet: more_than(page, plain.pages[outlet]) for outlet, page in asked_all(one).items()}
    assert found == {outlet: [] for outlet in PAGES}
    assert heads(one) <= plain.heads
    for cell in itertools.chain(*table(one)):
        assert not cell.startswith(FORMULAS)
    told_to = letters(one)
    assert len(told_to) > 1
    assert [(names, whom) for names, whom, *_ in told_to] == [(names, whom) for names, whom, *_ in plain.letters]
    for (*_, words, html), (*_, plain_html) in zip(told_to, plain.letters, strict=True):
        assert not INVISIBLE.search(words)
        assert more_than(html, plain_html) == []
    whole = json.loads(json_file(export(person_of(one.member)), "a.json").content)
    assert whole.keys() == {"addresses", "accounts", *(holder.id for holder in holders())}


@pytest.mark.parametrize("html", [*map(TEXTS.get, SEEN), '<a href=" java\tscript:alert(1)">', "a\x1b[31m", "a\u202eb"])
def test_what_is_not_escaped_is_seen(html):
    """So the test above can fail."""
    assert more_than(f"<p title=''>{html}</p>", "<p title=''>Zed</p><a href='/'>x</a>") != []


@pytest.mark.parametrize("text", ["a script", "a header by other breaks", "a turned name", "a tower", "no letters"])
def test_a_card_image_of_any_title_is_a_picture(db, text):
    recipe = recipe_for(one_line(TEXTS[text]) or PLAIN)
    with Image.open(io.BytesIO(image_of(recipe, WIDE).jpeg)) as made:
        assert (made.format, made.size) == ("JPEG", (1200, 630))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_text_makes_a_line_of_a_log(caplog, text):
    event_logger("smo_kit.tests.lines").warning("A robot said %s.", text, extra=event("core.test"))
    (line,) = [one.getMessage() for one in caplog.records]
    assert not re.search("[\0-\x1f\x7f-\x9f\u2028\u2029]", line)
    assert line.encode()


@pytest.mark.skipif(not find_spec("demo_site"), reason="the checkout has the demo")
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_feed_is_right_xml(text):
    feeds = import_module("demo_site.articles.feeds")
    said = Atom1Feed(feeds._said(text), "https://a.example/", feeds._said(text))
    said.add_item(
        feeds._said(text), "https://a.example/1/", feeds._said(text), author_name=feeds._said(text),
        categories=[feeds._said(text)], updateddate=timezone.now(),
    )  # fmt: skip
    names = [one.tag for one in Tree.fromstring(said.writeString("utf-8"))]
    assert len([name for name in names if name.endswith("}entry")]) == 1
    assert not [name for name in names if "evil" in name]
