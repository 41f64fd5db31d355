"""Locks that editors place on CMS pages. What they hold is read from the published page, for who may see that page.

A lock is known by its page and its name, whatever the language: a new version of the page, and a translation of it in
which a lock has the same name, leave it open to who has opened it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import chain, count
from math import ceil
from typing import Any, Final
from urllib.parse import unquote

from cms.models import CMSPlugin, Page, PageContent, Placeholder
from cms.plugin_rendering import ContentRenderer
from cms.signals import post_placeholder_operation
from cms.utils.i18n import get_public_languages
from cms.utils.page_permissions import user_can_view_page
from cms.utils.plugins import downcast_plugins, get_plugins_as_layered_tree
from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.template import Context, Engine
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import override
from sekizai.helpers import get_varname

from smo_kit.contrib.cms.holding import CLOSED, Front, shows_front
from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.contrib.cms.options import plugin_name
from smo_kit.core.blocks import all_blocks
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import key_of
from smo_kit.core.text import one_line
from smo_kit.lock.audited import is_audit
from smo_kit.lock.blocks import LOCK, NAME
from smo_kit.lock.head import forget_closed
from smo_kit.lock.models import NAME_LENGTH
from smo_kit.lock.opening import is_open
from smo_kit.lock.refs import Ref
from smo_kit.lock.rendering import lock_html
from smo_kit.lock.sources import Gone, register_source
from smo_kit.lock.terms import Terms, terms_of

SOURCE: Final = "plugin"
NO_TOOLBAR: Final = "cms.toolbar.toolbar.EmptyToolbar"
"""Its module can't be imported before django CMS is ready, which may stand below this app."""
PLUGIN: Final = plugin_name(all_blocks()[LOCK])


def front(request: HttpRequest, plugin: BlockPlugin) -> Front:
    """Return what stands on the page for a lock."""
    ref = ref_of(request, plugin)
    if ref is None:
        return CLOSED
    terms = terms_of(ref, _said(plugin))
    if terms is None:  # the lock can't be written down now
        return Front(seconds=0)
    seconds = _seconds_left(terms)
    if not terms.is_closed():
        return Front(is_open=True, seconds=seconds)
    return Front(lock_html(ref, terms), seconds=seconds)


def _said(plugin: BlockPlugin) -> dict[str, Any]:
    return {name: value for name, value in plugin.options.items() if name != NAME}


def write_down(content: PageContent) -> None:
    """Write down which locks a page has that the public sees now, so that its head can tell of them from the start."""
    refs = refs_in(content) if PageContent.objects.filter(pk=content.pk).exists() else {}
    for plugin in BlockPlugin.objects.filter(pk__in=refs):
        terms_of(refs[plugin.pk], _said(plugin))
    if refs:
        forget_closed(key_of(content))


def on_version(sender: Any, obj: Any = None, **kwargs: object) -> None:
    """Hear djangocms-versioning: a version was published, or withdrawn."""
    _write_on_commit(getattr(obj, "content", None))


def on_placeholder(sender: Any, **kwargs: object) -> None:
    """Hear django CMS: without versions, what an editor places is public at once."""
    for one in kwargs.values():
        if isinstance(one, Placeholder):
            _write_on_commit(one.source)


def _write_on_commit(content: Any) -> None:
    if isinstance(content, PageContent):
        transaction.on_commit(lambda: write_down(content), robust=True)


def ref_of(request: HttpRequest, plugin: BlockPlugin) -> Ref | None:
    """Return the lock that a plugin is; None where it is on no page of the CMS, so that nothing could be found anew."""
    content = plugin.placeholder.source if plugin.placeholder else None
    return _refs_on(request, content)[plugin.pk] if isinstance(content, PageContent) else None


def _refs_on(request: HttpRequest, content: PageContent) -> dict[int, Ref]:
    """Return a page's locks by the keys of their plugins. The request remembers them: each lock of the page asks."""
    known: dict[int, dict[int, Ref]] = request.__dict__.setdefault("_smo_cms_locks", {})
    if content.pk not in known:
        known[content.pk] = refs_in(content)
    return known[content.pk]


def refs_in(content: PageContent) -> dict[int, Ref]:
    """Return a page's locks by the keys of their plugins."""
    language = content.language
    key, path = key_of(content, language), unquote(content.page.get_absolute_url(language, fallback=False) or "")
    return {pk: Ref(key, name=name, source=SOURCE, where=name, path=path) for pk, name in names_in(content).items()}


def names_in(content: PageContent) -> dict[int, str]:
    """Return the names of a page's locks by the keys of their plugins.

    It is what the editor says, or was drawn for him. Of two alike the second gets its number on the page after it; one
    that has none, because it was not added by an editor, is its number.
    """
    locks = BlockPlugin.objects.filter(
        placeholder__in=Placeholder.objects.get_for_obj(content), language=content.language, plugin_type=PLUGIN
    )
    names: dict[int, str] = {}
    for number, one in enumerate(locks.order_by("placeholder__slot", "position", "pk"), 1):
        own = one_line(one.options.get(NAME, ""))[:NAME_LENGTH] or str(number)
        alike = (f"{own[: NAME_LENGTH - 5]}-{n}" for n in count(number))
        names[one.pk] = next(name for name in chain([own], alike) if name not in names.values())
    return names


def _seconds_left(terms: Terms) -> int | None:
    """Return for how long a lock looks as it does now."""
    now = timezone.now()
    left = [ceil((one - now).total_seconds()) for one in (terms.starts, terms.ends) if one and one > now]
    if terms.conf.title_b or terms.conf.text_b:
        turn = terms.conf.trial_minutes * 60
        left.append(turn - int(now.timestamp()) % turn)
    return min(left, default=None)


def inside(request: HttpRequest, ref: Ref) -> SafeString:
    """Return what a lock holds, as this reader's page would show it. Raises Gone."""
    content = _content_for(request, ref)
    refs = refs_in(content)
    plugins = {one.pk: one for one in _plugins_of(content)}
    lock = next((plugins.get(pk) for pk, one in refs.items() if one.where == ref.where), None)
    if lock is None:
        raise Gone(ref.where)
    for pk in _around(lock, plugins):
        if pk in refs and not _lets_pass(request, refs[pk]):
            raise Gone(ref.where)
    with override(content.language):
        return _rendered(_as_on(request, ref.path, content), lock, content)


def _content_for(request: HttpRequest, ref: Ref) -> PageContent:
    """Return the published content of the lock's page, if this reader may see it."""
    page = ref.key.subject()
    language = ref.key.language
    if not isinstance(page, Page) or page.site_id != site_id():
        raise Gone(ref.path)
    may_see = user_can_view_page(request.user, page) and (request.user.is_authenticated or not page.login_required)
    is_public = language in get_public_languages(site_id=site_id()) or request.user.is_staff
    content = PageContent.objects.filter(page=page, language=language).first()
    if content is None or content.redirect or not may_see or not is_public:
        raise Gone(ref.path)
    content.page = page
    return content


def _plugins_of(content: PageContent) -> list[Any]:
    """Return the plugins of a content as what they are; each knows those inside of it."""
    slots = list(Placeholder.objects.get_for_obj(content))
    rows = CMSPlugin.objects.filter(placeholder__in=slots, language=content.language)
    plugins = list(downcast_plugins(rows.order_by("placeholder", "position"), slots))
    get_plugins_as_layered_tree(plugins)
    return plugins


def _around(plugin: Any, plugins: dict[int, Any]) -> Iterator[int]:
    """Yield the keys of the plugins in which one stands."""
    while plugin is not None and plugin.parent_id:
        yield plugin.parent_id
        plugin = plugins.get(plugin.parent_id)


def _lets_pass(request: HttpRequest, outer: Ref) -> bool:
    """Say whether a lock around another is open to who asks."""
    terms = terms_of(outer)
    return is_audit(request) or (terms is not None and (not terms.is_closed() or is_open(request, outer, terms)))


def _as_on(request: HttpRequest, path: str, content: PageContent) -> HttpRequest:
    """Return the reader's request as if it asked for the page."""
    inner = copy(request)
    for name in [one for one in inner.__dict__ if one.startswith("_smo_")]:
        del inner.__dict__[name]
    inner.method, inner.path, inner.GET, inner.POST = "GET", path, QueryDict(), QueryDict()
    inner.path_info = f"/{path.removeprefix(get_script_prefix())}"
    try:
        inner.resolver_match = resolve(inner.path_info)
    except Resolver404:
        inner.resolver_match = None
    inner.__dict__.update(current_page=content.page, toolbar=import_string(NO_TOOLBAR)(inner))
    return inner


def _rendered(request: HttpRequest, lock: Any, content: PageContent) -> SafeString:
    """Return what stands inside, with the styles and scripts that it would have added to its page."""
    values: dict[str, Any] = {"request": request, "current_page": content.page, "current_pagecontent": content}
    for processor in Engine.get_default().template_context_processors:
        values.update(processor(request))
    context = Context(values)
    renderer = ContentRenderer(request)
    html = [renderer.render_plugin(one, context) for one in lock.child_plugin_instances or ()]
    added = values.get(get_varname()) or {}
    return SafeString("".join((*added.get("css", ()), *html, *added.get("js", ()))))


post_placeholder_operation.connect(on_placeholder, dispatch_uid="smo_kit.cms.locks.placeholder")
if apps.is_installed("djangocms_versioning"):
    import_string("djangocms_versioning.signals.post_version_operation").connect(
        on_version, dispatch_uid="smo_kit.cms.locks.version"
    )
shows_front(LOCK, front)
register_source(SOURCE, inside)
