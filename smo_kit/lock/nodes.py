"""``{% smo_lock %}`` in a template: a page that hides a part of itself, whoever asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.faults import fault
from smo_kit.core.looks import in_lists, right_options
from smo_kit.core.pages import Page, page_for, thing_of
from smo_kit.lock.addresses import path_of
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.head import told_late
from smo_kit.lock.models import NAME_LENGTH
from smo_kit.lock.opening import is_open
from smo_kit.lock.refs import Ref
from smo_kit.lock.rendering import lock_html
from smo_kit.lock.source_field import NoField, language_for, place_of_field, value_of
from smo_kit.lock.terms import Terms, terms_of
from smo_kit.lock.wanted import identity, is_looking, is_wanted, keep, reader_behind

TAG: Final = "smo_lock"
LOCKED: Final = "smo_locked"
END: Final = "endsmo_lock"
NAME: Final = "main"
"""Of a lock that its template gives none."""
LISTS: Final = ("ways", "networks", "open_for")
NOTHING: Final = SafeString("")


@dataclass(frozen=True, slots=True)
class Said:
    """What a tag says on one page."""

    obj: Any
    name: str
    field: str | None
    """None: what is hidden stands between the tags."""
    options: dict[str, Any]


class LockNode(Node):
    """Shows the teaser and the ways to open; what it hides is rendered when it is not closed, or looked for."""

    child_nodelists = ("teaser", "hidden")

    def __init__(
        self, args: list[FilterExpression], options: dict[str, FilterExpression], teaser: NodeList, hidden: NodeList
    ) -> None:
        self.args = args
        self.options = options
        self.teaser = teaser
        self.hidden = hidden

    def render(self, context: Context) -> SafeString:
        said = self._said(context)
        ref = _ref(context, said)
        teaser = self.teaser.render(context)
        if ref is None:
            return teaser
        request = context.get("request")
        terms = terms_of(ref, said.options) or _unkept(said.options)
        if _is_second(request, ref):
            return lock_html(ref, terms, teaser)
        if not terms.is_closed():
            return SafeString(teaser + self._part(context, ref, said))
        if is_looking(request) and said.field is None:
            self._look(context, request, ref, terms)
        return SafeString(lock_html(ref, terms, teaser) + told_late(request, ref.key))

    def _look(self, context: Context, request: Any, ref: Ref, terms: Terms) -> None:
        """Render what is hidden where nobody sees it: it is wanted, or the wanted lock may be inside of it."""
        if is_wanted(request, ref):
            keep(request, self.hidden.render(context))
        elif is_open(reader_behind(request), ref, terms):
            self.hidden.render(context)

    def _part(self, context: Any, ref: Ref, said: Said) -> SafeString:
        """Return what is hidden where nothing is closed."""
        if said.field is not None:
            obj = thing_of(context, said.obj)
            return value_of(obj, said.field) if isinstance(obj, Model) else NOTHING
        part = self.hidden.render(context)
        if is_wanted(context.get("request"), ref):
            keep(context["request"], part)
        return part

    def _said(self, context: Context) -> Said:
        args = [one.resolve(context) for one in self.args]
        options = {name: one.resolve(context) for name, one in self.options.items()}
        if len(args) == 1 and isinstance(args[0], str) and args[0]:
            args.insert(0, None)
        obj, name = [*args, None, None][:2]
        name = str(options.pop("name", name) or NAME)
        field = str(options.pop("field")) if "field" in options else None
        return Said(obj, name, field, _right(options) if options else {})


def compile_lock(parser: Parser, token: Token) -> LockNode:
    """Read ``{% smo_lock [object] ["name"] [option=…] %}[teaser{% smo_locked %}]hidden{% endsmo_lock %}``.

    With ``field=`` there is a teaser only: what is hidden is a field of the object.
    """
    bits = token.split_contents()[1:]
    args: list[FilterExpression] = []
    options: dict[str, FilterExpression] = {}
    for bit in bits:
        option = token_kwargs([bit], parser)
        options.update(option)
        if not option:
            args.append(parser.compile_filter(bit))
    if len(args) > 2:
        raise TemplateSyntaxError(f"{{% {TAG} %}} takes an object and a name, not {len(args)} things.")
    teaser, hidden = _bodies(parser)
    _must_hide(parser)
    if "field" not in options:
        return LockNode(args, options, teaser or NodeList(), hidden)
    if teaser is None:
        return LockNode(args, options, hidden, NodeList())
    if not _is_blank(hidden):
        raise TemplateSyntaxError(
            f"{{% {TAG} field=… %}} hides a field of the object, so nothing may stand after {{% {LOCKED} %}}."
        )
    return LockNode(args, options, teaser, NodeList())


def _bodies(parser: Parser) -> tuple[NodeList | None, NodeList]:
    """Return what stands before ``{% smo_locked %}``, None without that, and the rest."""
    first = parser.parse((LOCKED, END))
    if parser.next_token().contents.split()[0] == END:
        return None, first
    hidden = parser.parse((END,))
    parser.delete_first_token()
    return first, hidden


def _must_hide(parser: Parser) -> None:
    """Refuse a lock that a template would step over: what extends another shows its blocks, wherever they stand."""
    around = [command for command, _ in parser.command_stack]
    if "extends" in around and "block" not in around:
        raise TemplateSyntaxError(
            f"{{% {TAG} %}} stands outside of the blocks of a template that extends another, so it would hide nothing. "
            "Put it inside of a block."
        )


def _is_blank(nodes: NodeList) -> bool:
    return not any(getattr(node, "s", "x").strip() for node in nodes)


def _right(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as they are kept with the lock."""
    chosen = right_options(lock_settings, in_lists(options, LISTS), list(lock_settings.editable), tag=TAG)
    return {name: _plain(value) for name, value in chosen.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: words of a template would count as HTML."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str.__str__(str(value)) if isinstance(value, str | Promise) else value


def _unkept(options: Mapping[str, Any]) -> Terms:
    """Return the terms of a lock that the database can't take now: it is closed, and the page is there."""
    chosen = {name: lock_settings.accept(name, value) for name, value in options.items()}
    return Terms(0, replace(lock_settings(), **chosen))


def _ref(context: Any, said: Said) -> Ref | None:
    """Return which lock it is; None, and a fault, where none can be."""
    page = page_for(context, said.obj)
    try:
        return _named(context, said, page)
    except (ImproperlyConfigured, NoField) as error:
        fault(error)
        return None


def _named(context: Any, said: Said, page: Page) -> Ref | None:
    if len(said.name) > NAME_LENGTH:
        raise ImproperlyConfigured(f"{{% {TAG} %}}: a name has at most {NAME_LENGTH} letters, not {said.name!r}.")
    if page.card is None:
        return None
    if page.key is None:
        cure = "Give it a registered object, or use it on a page of a fixed route."
        raise ImproperlyConfigured(f"{{% {TAG} %}} hangs on nothing here, so it hides all and never opens. {cure}")
    language = get_language() or ""
    if said.field is not None:
        obj = thing_of(context, said.obj)
        where = place_of_field(obj, said.field)
        return Ref(page.key.speaking(language_for(obj, language)), said.name, "field", where, path_of(page))
    if page.request is None:
        cure = "Render the template with the request, or hide a field of the object: field=…"
        raise ImproperlyConfigured(f"{{% {TAG} %}} does not know which page it stands on, so it never opens. {cure}")
    return Ref(page.key.speaking(language), said.name, "view", page.request.path_info, path_of(page))


def _is_second(request: Any, ref: Ref) -> bool:
    """Say whether the page has this lock already, which is a fault: one name can't stand for two parts."""
    if request is None:
        return False
    met: set[object] = request.__dict__.setdefault("_smo_locks", set())
    if identity(ref) in met:
        cure = f'Give each its own: {{% {TAG} object "name" %}}.'
        fault(ImproperlyConfigured(f"Two locks of {ref.path} have one name, {ref.name!r}. {cure}"))
        return True
    met.add(identity(ref))
    return False
