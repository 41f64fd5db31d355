"""Locks that editors place on pages of the CMS."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from cms.api import add_plugin
from cms.models import CMSPlugin, PageContent
from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url, get_object_structure_url
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from smo_kit.contrib.cms import locks
from smo_kit.contrib.cms.cms_plugins import HoldingPlugin, plugin_for
from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.contrib.cms.words import first_picture, first_words
from smo_kit.core.blocks import Block
from smo_kit.core.models import CardRow
from smo_kit.core.options import field_name
from smo_kit.lock.audited import AuditRequest
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Gone, hidden_part
from smo_kit.lock.terms import forget
from tests.apps.cms.site import all_contents, new_draft, publish

pytestmark = pytest.mark.django_db
SECRET = "The treasure lies below the third oak"


@pytest.fixture
def lock(make_page, boss, committed):
    """Make a page with a lock: ``lock(name="gift")`` returns its content; ``draft=True`` leaves it unpublished."""

    def make(*, draft: bool = False, title: str = "News", words: str = SECRET, languages=("en",), **options):
        page = make_page(title, *languages, text="<p>Anybody reads this.</p>", draft=True)
        with committed():
            for content in all_contents(page):
                put(content, f"<p>{words} {content.language}</p>", **options)
                if not draft:
                    publish(content, boss)
        return all_contents(page)[0]

    return make


def put(content: PageContent, html: str, target=None, **options) -> BlockPlugin:
    """Put a lock on a page, or into another."""
    slot = content.get_placeholders().get(slot="content")
    holder = add_plugin(slot, "SmoLockPlugin", content.language, target=target, options=options)
    add_plugin(slot, "TextPlugin", content.language, target=holder, body=html)
    return holder


def asking(user=None, kind=RequestFactory):
    request = kind().get("/smo/lock/x/")
    request.user = user or AnonymousUser()
    request.session = {}
    return request


def ref_of(content: PageContent, number: int = 0) -> Ref:
    """Return a lock as the published page prints it."""
    spot = Spot.objects.order_by("pk")[number]
    return Ref(spot.lock.key.speaking(spot.language), spot.lock.name, spot.source, spot.where, spot.path)


def named(content: PageContent, name: str) -> Ref:
    return next(one for one in locks.refs_in(content).values() if one.name == name)


def opened(content: PageContent, number: int = 0, user=None) -> str:
    return str(hidden_part(asking(user), ref_of(content, number)))


def test_a_page_has_the_lock_and_not_what_it_holds(client, lock):
    content = lock(title="Below")
    page = client.get("/en/below/").content.decode()
    assert "Anybody reads this." in page
    assert "smo-lock" in page
    assert SECRET not in page
    assert SECRET in opened(content)


def test_search_engines_are_told_at_the_first_showing(client, lock):
    lock(draft=True, title="Draft")
    assert not Spot.objects.exists(), "nobody sees it yet"
    lock(title="Below", name="gift")
    assert [(one.lock.name, one.path) for one in Spot.objects.select_related("lock")] == [("gift", "/en/below/")]
    pages = [client.get("/en/below/").content.decode() for _ in range(2)]
    assert ['"isAccessibleForFree": false' in page.replace(":f", ": f") for page in pages] == [True, True]


def test_every_reader_gets_the_same_bytes_and_the_cache_of_the_placeholder_keeps_them(client, lock, boss):
    lock()
    pages = [client.get("/en/news/", headers={"user-agent": agent}) for agent in ("one", "two")]
    assert pages[0].content == pages[1].content
    assert "max-age=60" in pages[0]["Cache-Control"]
    assert not pages[0].cookies


def test_ten_locks_cost_no_query_more_than_one(client, lock, boss, committed):
    def queries(content: PageContent) -> int:
        client.get(content.get_absolute_url())
        for slot in content.get_placeholders():
            slot.clear_cache("en")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{content.get_absolute_url()}?anew").content.decode()
        assert page.count('class="smo-lock"') == len(locks.names_in(content))
        return len(asked)

    one = lock(title="One")
    ten = lock(title="Ten", draft=True)
    for number in range(9):
        put(ten, f"<p>{number}</p>")
    with committed():
        publish(ten, boss)
    assert queries(ten) == queries(one)


def test_what_an_editor_says_of_the_terms_is_kept_with_the_lock(client, lock):
    lock(ways=["wait"], wait_seconds=5, name="gift")
    client.get("/en/news/")
    assert Spot.objects.get().options == {"ways": ["wait"], "wait_seconds": 5}
    assert Lock.objects.get().name == "gift"


def test_locks_are_numbered_where_no_editor_names_them(client, lock, boss):
    content = lock(draft=True)
    for name in ("gift", "gift", "", "gift-3"):
        put(content, f"<p>Of {name}</p>", name=name)
    assert list(locks.names_in(content).values()) == ["1", "gift", "gift-3", "4", "gift-3-5"]


@pytest.fixture
def add_by_form(client, boss):
    """Add a lock as an editor does, on the structure board: ``add_by_form(content, position=1, name="")``."""

    def add(content: PageContent, **typed) -> BlockPlugin:
        client.force_login(boss)
        slot = content.get_placeholders().get(slot="content")
        asked = {"placeholder_id": slot.pk, "plugin_type": "SmoLockPlugin", "cms_path": content.get_absolute_url()}
        asked |= {"plugin_language": content.language, "plugin_position": typed.pop("position", 2)}
        url = f"{reverse('admin:cms_placeholder_add_plugin')}?{urlencode(asked)}"
        assert client.post(url, {field_name(name): value for name, value in typed.items()}).status_code in {200, 302}
        holder = BlockPlugin.objects.order_by("-pk")[0]
        add_plugin(slot, "TextPlugin", content.language, target=holder, body=f"<p>{SECRET} {holder.pk}</p>")
        client.logout()
        return holder

    return add


def test_a_lock_that_an_editor_leaves_without_a_name_has_one_drawn(client, make_page, boss, add_by_form):
    (content,) = all_contents(make_page("News", draft=True))
    one, two = add_by_form(content), add_by_form(content, name="gift")
    names = locks.names_in(content)
    assert re.fullmatch("[a-z2-9]{6}", names[one.pk])
    assert names[two.pk] == "gift"
    client.force_login(boss)
    change = reverse("admin:cms_placeholder_edit_plugin", args=[one.pk]) + "?cms_path=/en/news/"
    assert client.post(change, {field_name("title"): "Anew", field_name("name"): ""}).status_code in {200, 302}
    one.refresh_from_db()
    assert one.options == {"title": "Anew", "name": names[one.pk]}, "emptied, it stays"


def test_what_few_editors_change_is_folded_until_one_has_changed_it(client, make_page, boss, add_by_form):
    (content,) = all_contents(make_page("News", draft=True))
    usual, changed = add_by_form(content), add_by_form(content, days=3)
    client.force_login(boss)
    for plugin, folds in ((usual, 1), (changed, 0)):
        address = reverse("admin:cms_placeholder_edit_plugin", args=[plugin.pk]) + "?cms_path=/en/news/"
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select_one(f"[name={field_name('days')}]")
        assert len(page.select("fieldset.collapse")) == folds
        assert not page.select(f"fieldset.collapse [name={field_name('ways')}-share]")


def test_one_that_is_added_above_opens_to_nobody_what_he_has_not_opened(
    client, make_page, boss, add_by_form, committed
):
    (content,) = all_contents(make_page("News", draft=True))
    first = add_by_form(content)
    publish(content, boss)
    client.get("/en/news/")
    name = Lock.objects.get().name
    draft = new_draft(content, boss)
    above = add_by_form(draft, position=1)
    with committed():
        publish(draft, boss)
    assert set(locks.names_in(draft).values()) > {name}
    assert f"{SECRET} {first.pk}" in opened(draft)
    assert f"{SECRET} {above.pk}" not in opened(draft)


def test_each_lock_shows_what_it_holds_itself(client, lock, boss):
    content = lock(draft=True)
    put(content, "<p>Behind the second</p>")
    publish(content, boss)
    client.get("/en/news/")
    assert (SECRET in opened(content, 0), SECRET in opened(content, 1)) == (True, False)
    assert "Behind the second" in opened(content, 1)


def test_a_new_version_is_the_same_lock_with_what_is_published(client, lock, boss, committed):
    content = lock(name="gift")
    client.get("/en/news/")
    draft = new_draft(content, boss)
    text = CMSPlugin.objects.get(placeholder__in=draft.get_placeholders(), parent__isnull=False)
    text = text.get_plugin_instance()[0]
    text.body = "<p>It was dug up.</p>"
    text.save()
    assert SECRET in opened(content), "a draft is nobody's business"
    with committed():
        publish(draft, boss)
    assert "smo-lock" in client.get("/en/news/").content.decode()
    assert Lock.objects.count() == 1
    assert "It was dug up." in opened(draft)
    assert SECRET not in opened(draft)


def test_each_language_has_its_own_part_of_one_lock(client, lock):
    content = lock(languages=("en", "ru"))
    for path in ("/en/news/", "/ru/news-ru/"):
        client.get(path)
    assert Lock.objects.count() == 1
    assert f"{SECRET} en" in opened(content)
    russian = all_contents(content.page)[1]
    assert f"{SECRET} ru" in opened(russian, 1)


def test_without_its_lock_there_is_nothing_behind_it(client, lock, boss, committed):
    content = lock()
    client.get("/en/news/")
    draft = new_draft(content, boss)
    BlockPlugin.objects.get(placeholder__in=draft.get_placeholders()).delete()
    publish(draft, boss)
    with pytest.raises(Gone):
        opened(draft)


def test_a_page_that_was_withdrawn_opens_nothing(client, lock, boss):
    content = lock()
    client.get("/en/news/")
    ref = ref_of(content)
    content.versions.first().unpublish(boss)
    with pytest.raises(Gone):
        hidden_part(asking(), ref)


def test_of_a_page_for_members_nobody_else_opens_anything(client, lock, boss):
    content = lock()
    client.get("/en/news/")
    content.page.login_required = True
    content.page.save()
    with pytest.raises(Gone):
        opened(content)
    assert SECRET in opened(content, user=get_user_model().objects.create_user("member"))


def test_of_a_page_that_only_some_may_see_nobody_else_opens_anything(client, lock, settings):
    content = lock()
    client.get("/en/news/")
    settings.CMS_PUBLIC_FOR = "staff"
    with pytest.raises(Gone):
        opened(content)


def test_a_lock_that_is_off_hides_nothing(client, lock):
    lock()
    client.get("/en/news/")
    one = Lock.objects.get()
    one.is_on = False
    one.save()
    forget(one)
    for slot in all_contents(one.key.subject())[0].get_placeholders():
        slot.clear_cache("en")
    client.logout()
    page = client.get("/en/news/?anew").content.decode()
    assert SECRET in page
    assert "smo-lock" not in page


def test_a_page_is_kept_no_longer_than_its_lock_is_as_it_is(client, lock):
    content = lock()
    client.get("/en/news/")
    Lock.objects.update(ends=timezone.now() + dt.timedelta(seconds=20))
    forget(Lock.objects.get())
    holder = BlockPlugin.objects.get()
    plugin = plugin_pool.get_plugin("SmoLockPlugin")()
    slot = content.get_placeholders().get(slot="content")
    assert 1 <= plugin.get_cache_expiration(asking(), holder, slot) <= 20
    Lock.objects.update(ends=None, options={"text_b": "Another", "trial_minutes": 1})
    forget(Lock.objects.get())
    assert 1 <= plugin.get_cache_expiration(asking(), holder, slot) <= 60


def test_a_lock_within_a_lock_opens_only_behind_the_first(client, lock, boss, monkeypatch):
    content = lock(draft=True, name="outer")
    outer = BlockPlugin.objects.get()
    put(content, "<p>Deep inside</p>", target=outer, name="inner")
    publish(content, boss)
    client.get("/en/news/")
    shown = opened(content)
    assert SECRET in shown
    assert "Deep inside" not in shown
    inner = named(content, "inner")
    assert Lock.objects.filter(name="inner").exists()
    with pytest.raises(Gone):
        hidden_part(asking(), inner)
    monkeypatch.setattr(locks, "is_open", lambda request, ref, terms: ref.name == "outer")
    assert "Deep inside" in hidden_part(asking(), inner)


def test_the_audit_looks_behind_a_lock_within_a_lock(client, lock, boss):
    content = lock(draft=True, name="outer")
    put(content, "<p>Deep inside</p>", target=BlockPlugin.objects.get(), name="inner")
    publish(content, boss)
    client.get("/en/news/")
    opened(content)
    request = AuditRequest(asking().environ)
    request.user = AnonymousUser()
    assert "Deep inside" in hidden_part(request, named(content, "inner"))


@pytest.mark.parametrize("look", [get_object_edit_url, get_object_preview_url])
def test_an_editor_sees_what_a_lock_holds_and_registers_nothing(client, lock, boss, look):
    content = lock(draft=True)
    client.force_login(boss)
    page = client.get(look(content, "en")).content.decode()
    assert SECRET in page
    assert "Only editors see here" in page
    assert not Spot.objects.exists()


def test_an_editor_can_edit_what_stands_inside(client, lock, boss):
    content = lock(draft=True)
    client.force_login(boss)
    page = BeautifulSoup(client.get(get_object_edit_url(content, "en")).content, "html.parser")
    text = CMSPlugin.objects.get(parent__isnull=False)
    assert page.select_one(f".smo-holding .cms-plugin-{text.pk}")
    board = client.get(get_object_structure_url(content, "en")).content.decode()
    assert f"cms-draggable-{text.pk}" in board


def test_who_is_signed_in_but_edits_nothing_gets_the_closed_page(client, lock, boss):
    lock()
    client.force_login(boss)
    assert SECRET not in client.get("/en/news/").content.decode()


def test_the_card_takes_no_word_of_what_a_lock_holds(client, make_page, boss, committed):
    page = make_page("News", draft=True)
    (content,) = all_contents(page)
    holder = put(content, f'<p>{SECRET}</p><img src="/media/map.png">')
    put(content, "<p>Deeper</p>", target=holder)
    slot = content.get_placeholders().get(slot="content")
    add_plugin(slot, "TextPlugin", "en", body="<p>And this is for all.</p>")
    with committed():
        publish(content, boss)
    assert first_words(PageContent.objects.get(page=page)) == "And this is for all."
    row = CardRow.objects.get(object_pk=str(page.pk))
    assert row.summary == "And this is for all."
    assert first_picture(PageContent.objects.get(page=page)) is None
    assert SECRET not in client.get("/en/news/").content.decode()


class Scripted(CMSPluginBase):
    name = "Scripted"
    render_template = "cms_scripted.html"


def test_styles_and_scripts_of_what_it_holds_come_with_it(client, lock, boss):
    plugin_pool.register_plugin(Scripted)
    try:
        content = lock(draft=True)
        slot = content.get_placeholders().get(slot="content")
        add_plugin(slot, "Scripted", "en", target=BlockPlugin.objects.get())
        publish(content, boss)
        assert "scripted.js" not in client.get("/en/news/").content.decode()
        shown = opened(content)
        assert shown.index("scripted.css") < shown.index(SECRET) < shown.index("scripted.js")
    finally:
        plugin_pool.unregister_plugin(Scripted)


def test_blocks_inside_speak_of_the_page(client, lock, boss):
    content = lock(draft=True)
    slot = content.get_placeholders().get(slot="content")
    add_plugin(slot, "SmoSharePlugin", "en", target=BlockPlugin.objects.get(), options={})
    publish(content, boss)
    client.get("/en/news/")
    shown = BeautifulSoup(opened(content), "html.parser")
    assert shown.select_one(".smo-pass")["data-smo-url"].endswith("/en/news/")


def test_where_nothing_could_be_found_anew_a_lock_hides_what_it_holds(client, make_page):
    assert locks.front(asking(), BlockPlugin(options={})) == locks.CLOSED


def test_a_lock_that_can_not_be_written_down_stays_closed(client, lock, monkeypatch):
    lock()
    monkeypatch.setattr(locks, "terms_of", lambda ref, options=None: None)
    page = client.get("/en/news/").content.decode()
    assert "Anybody reads this." in page
    assert SECRET not in page


def test_a_lock_that_fails_stays_closed(client, lock, monkeypatch, caplog):
    lock()
    monkeypatch.setattr(locks, "names_in", lambda content: {})
    page = client.get("/en/news/").content.decode()
    assert "Anybody reads this." in page
    assert SECRET not in page
    assert "left out" in caplog.text


def test_where_the_app_is_left_out_what_was_held_stays_hidden():
    block = Block(name="chest", label="Chest", help="", app="nobody.knows", tag="smo_chest", holds=True)
    plugin = plugin_for(block)
    assert issubclass(plugin, HoldingPlugin)
    context = plugin().render({"request": asking()}, BlockPlugin(), None)
    assert (context["html"], context["shows_inside"], context["words"]) == ("", False, "")
