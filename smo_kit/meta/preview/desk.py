"""Previews in the admin: of what is saved, and of what an editor has typed and not saved yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from smo_kit.core.addresses import base_url
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.core.subjects import key_of, source_of
from smo_kit.meta.forms import OverrideForm
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import save_words
from smo_kit.meta.preview.gallery import gallery
from smo_kit.meta.preview.services import nothing_saved, previews_of_object
from smo_kit.meta.preview.views import private

logger = event_logger(__name__)


@dataclass(frozen=True, slots=True)
class Section:
    """The previews of one object in one language."""

    heading: str
    language: str
    gallery: str = ""
    error: str = ""


def answer(request: HttpRequest, title: str, sections: Iterable[Section]) -> HttpResponse:
    """Return a page with the sections, for nobody's cache."""
    context = {"title": title, "sections": list(sections), "public": ""}
    return private(render(request, "smo_kit/meta/preview/page.html", context))


def section(request: HttpRequest, obj: Model, language: str) -> Section:
    """Return the previews of an object as it is in memory. What is half typed may be too little for its card."""
    registration = registration_of(type(obj))
    try:
        heading = str(obj)
        if registration is None:
            return Section(heading, language, error=_("It has no card."))
        report = previews_of_object(registration, obj, language, request=request)
    except Exception:  # the site's own code, which never meets half an object but here
        logger.info(
            "%r can't be previewed as it is typed.", type(obj), exc_info=True, extra=event("meta.draft_not_previewed")
        )
        return Section("", language, error=_("There is too little yet for a preview. Fill in the form further."))
    return Section(heading, language, gallery(report, base_url(request)))


def sections_of(request: HttpRequest, objects: Iterable[Model]) -> Iterator[Section]:
    """Yield the previews of objects in each of their languages."""
    for obj in objects:
        registration = registration_of(type(obj))
        for language in registration.languages_of(obj) if registration else ():
            yield section(request, obj, language)


def saved_objects(model_admin: Any, request: HttpRequest, obj: Model) -> list[Model]:
    """Return what has a card of an object, of its inlines, or of which it is the subject, as it is in the database."""
    found = _saved(obj)
    for formset in _inlines_with_cards(model_admin, request, obj):
        found = _saved_inline(formset) | found
    return list(found.values())


def _saved(obj: Model) -> dict[tuple[int, str], Model]:
    found = {source_of(obj): obj} if registration_of(type(obj)) else {}
    for row in CardRow.objects.filter(**key_of(obj).fields).order_by("language"):
        source = source_of_row(row)
        if source is not None:
            found.setdefault(source_of(source), source)
    return found


def source_of_row(row: CardRow) -> Model | None:
    """Return the public object whose card a row shows."""
    model = row.source_type.model_class()
    registration = registration_of(model) if model else None
    return registration.public_object(row.source_pk) if registration else None


def typed_objects(model_admin: Any, request: HttpRequest, obj: Model) -> list[Model]:
    """Return what has a card of an object as its form was typed; a field that is wrong stays as it was saved.

    Files are left out: they have no address before they are saved.
    """
    found = _saved(obj)
    request.FILES.clear()
    form = model_admin.get_form(request, obj, change=True)(request.POST, instance=obj)
    form.is_valid()
    for formset in _inlines_with_cards(model_admin, request, obj):
        found = _saved_inline(formset) | found
        for form in formset.initial_forms:
            form.is_valid()
            key = source_of(form.instance)
            if formset._should_delete_form(form):
                found.pop(key, None)
            else:
                found[key] = _of_parent(formset, form.instance, obj)
    return list(found.values())


def _inlines_with_cards(model_admin: Any, request: HttpRequest, obj: Model) -> list[Any]:
    """Return the formsets of the inlines that this editor may see and whose models have cards."""
    formsets, _inlines = model_admin._create_formsets(request, obj, change=True)
    return [formset for formset in formsets if registration_of(formset.model)]


def _saved_inline(formset: Any) -> dict[tuple[int, str], Model]:
    return {source_of(one): one for one in formset.get_queryset()}


def _of_parent(formset: Any, child: Model, parent: Model) -> Model:
    if (foreign := getattr(formset, "fk", None)) is not None:
        setattr(child, foreign.name, parent)
    return child


@contextmanager
def words_as_typed(row: CardRow, typed: QueryDict) -> Iterator[None]:
    """Let a page have an editor's words as they stand in his form; afterwards they were never there."""
    override = Override.objects.of([row.key]).get(row.key) or Override(**row.key.fields, language=row.language)
    before = {name: getattr(override, name) for name in OverrideForm.Meta.fields}
    form = OverrideForm(typed, instance=override)
    form.is_valid()
    words = {name: form.cleaned_data.get(name, before[name]) for name in before}
    with nothing_saved():
        save_words(row.key, **{**words, "image": words["image"] or ""})
        yield
