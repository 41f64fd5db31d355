"""SMO → Pages: what the world sees of every page, and an editor's own words for it. Nobody's admin is patched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, quote, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.long_lists import LanguageFilter, LongListAdmin
from smo_kit.core.models import CardRow
from smo_kit.core.own_urls import own_address
from smo_kit.core.registrations import registration_of
from smo_kit.core.subjects import key_of
from smo_kit.meta.forms import OverrideForm
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import card_in_own_words, clear_words
from smo_kit.meta.permissions import may_change_page, may_see_page, pages_of, sees_all_pages
from smo_kit.meta.preview.desk import (
    answer,
    saved_objects,
    section,
    sections_of,
    source_of_row,
    typed_objects,
    words_as_typed,
)
from smo_kit.meta.preview.services import nothing_saved

STYLE = {"all": ["smo_kit/meta/admin.css", "smo_kit/meta/preview.css"]}
SCRIPT = [Script("smo_kit/meta/previews.js", type="module")]


def _addresses_of(model_admin: admin.ModelAdmin, view: Callable[..., HttpResponse]) -> list[URLPattern]:
    """Return the address at which a ModelAdmin shows the previews of one of its objects."""
    opts = model_admin.opts
    name = f"{opts.app_label}_{opts.model_name}_smo_previews"
    return [path("<path:object_id>/smo-previews/", model_admin.admin_site.admin_view(view), name=name)]


def _panel(model_admin: admin.ModelAdmin, pk: Any) -> SafeString:
    """Return the previews beside a form; nothing where the site has left out our URLs."""
    opts = model_admin.opts
    name = f"{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_smo_previews"
    colours = own_address("smo_meta:preview_colours")
    if not colours:
        return SafeString("")
    context = {"renew": reverse(name, args=[quote(pk)]), "colours": colours}
    return render_to_string("smo_kit/meta/preview/panel.html", context)


class ModelFilter(admin.SimpleListFilter):
    """Pages of one model."""

    title = gettext_lazy("kind of page")
    parameter_name = "model"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        used = ContentType.objects.filter(pk__in=model_admin.get_queryset(request).values("source_type"))
        return sorted(((str(one.pk), one.name) for one in used), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(source_type=value) if value.isdecimal() else queryset


class WordsFilter(admin.SimpleListFilter):
    """Pages with words of an editor's own."""

    title = gettext_lazy("words")
    parameter_name = "words"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("editor", _("changed by an editor")), ("object", _("the object's own"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in {"editor", "object"}:
            return queryset.filter(has_words=self.value() == "editor")
        return queryset


@admin.register(CardRow)
class PageAdmin(LongListAdmin):
    """All cards; an editor may give each one words of his own."""

    list_display = ("thumbnail", "name", "kind_of_page", "language", "published", "whose_words")
    list_display_links = ("name",)
    list_filter = (LanguageFilter, ModelFilter, WordsFilter)
    list_select_related = ("source_type",)
    list_per_page = 50
    search_fields = ("title", "summary", "url", "author")
    search_help_text = gettext_lazy("Title, description, address or author")
    ordering = ("-published", "-pk")
    actions = None

    class Media:
        css = STYLE
        js = SCRIPT

    def get_urls(self) -> list[URLPattern]:
        return [*_addresses_of(self, self.previews), *super().get_urls()]

    def previews(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show how networks will show a page with the words of the form, or with those that are saved."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        source = source_of_row(row)
        if source is None:
            return answer(request, str(row), [])
        if request.method != "POST":
            return answer(request, str(row), [section(request, source, row.language)])
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        with words_as_typed(row, request.POST):
            return answer(request, str(row), [section(request, source, row.language)])

    def get_queryset(self, request: HttpRequest) -> QuerySet[CardRow]:
        same = {name: OuterRef(name) for name in ("content_type", "object_pk", "language")}
        rows: QuerySet[CardRow] = super().get_queryset(request)
        rows = rows.annotate(has_words=Exists(Override.objects.filter(**same)))
        return rows if sees_all_pages(request.user) else rows.filter(pages_of(request.user))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, row: CardRow) -> SafeString:
        if not row.image_url:
            return SafeString("—")
        return format_html(
            '<img class="smo-thumb" src="{}" alt="" width="120" height="63" loading="lazy">', row.image_url
        )

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, row: CardRow) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("kind of page"), ordering="source_type")
    def kind_of_page(self, row: CardRow) -> str:
        return str(row.source_type.name)

    @admin.display(description=gettext_lazy("words"), ordering="has_words")
    def whose_words(self, row: CardRow) -> str:
        return _("changed by an editor") if row.has_words else ""  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CardRow | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: CardRow | None = None) -> bool:
        if obj is not None:
            return may_see_page(request.user, obj)
        return sees_all_pages(request.user) or CardRow.objects.filter(pages_of(request.user)).exists()

    def has_change_permission(self, request: HttpRequest, obj: CardRow | None = None) -> bool:
        return self.has_view_permission(request) if obj is None else may_change_page(request.user, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a page as it is, and let an editor give it other words."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        may_change = self.has_change_permission(request, row)
        override = Override.objects.of([row.key]).get(row.key)
        instance = override or Override(**row.key.fields, language=row.language)
        form = OverrideForm(request.POST or None, request.FILES or None, instance=instance, own=card_in_own_words(row))
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if "clear" in request.POST:
                clear_words(row.key)
                return self._saved(request, row, _("The page speaks in the object's own words again."))
            if form.is_valid():
                form.save()
                return self._saved(request, row, _("Saved. Networks that know the page see it when they look again."))
        context = self._context(request, row, form, has_words=override is not None, may_change=may_change)
        return TemplateResponse(request, "admin/smo_core/cardrow/page.html", {**context, **(extra_context or {})})

    def _saved(self, request: HttpRequest, row: CardRow, text: str) -> HttpResponse:
        self.log_change(request, row, [{"changed": {"fields": [_("words")]}}])
        self.message_user(request, text, messages.SUCCESS)
        return redirect(request.path)

    def _context(
        self, request: HttpRequest, row: CardRow, form: OverrideForm, *, has_words: bool, may_change: bool
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "row": row,
            "others": CardRow.objects.filter(**row.key.fields).exclude(pk=row.pk).order_by("language"),
            "form": form,
            "panel": _panel(self, row.pk),
            "has_words": has_words,
            "may_change": may_change,
            "media": self.media,
        }


class SmoAdminMixin(admin.ModelAdmin):
    """Add to a ModelAdmin of yours a panel with what is shown of the object when it is shared.

    ``class PostAdmin(SmoAdminMixin, admin.ModelAdmin)`` is all; ``"smo_panel"`` in a fieldset says where it stands.
    """

    class Media:
        css = STYLE
        js = SCRIPT

    @admin.display(description=gettext_lazy("when it is shared"))
    def smo_panel(self, obj: Model) -> SafeString:
        """Show title, description and picture in each language."""
        rows = CardRow.objects.filter(**key_of(obj).fields).order_by("language")
        pages = [(row, self._smo_address(row)) for row in rows]
        previews = _panel(self, obj.pk) if pages or self._smo_has_cards(obj) else ""
        return render_to_string("smo_kit/meta/panel.html", {"pages": pages, "previews": previews})

    def get_urls(self) -> list[URLPattern]:
        return [*_addresses_of(self, self.smo_previews), *super().get_urls()]

    def smo_previews(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show how networks will show an object as its form was typed, or as it is saved. Nothing is saved."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404(object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        title = str(obj)
        with nothing_saved():
            is_typed = request.method == "POST"
            objects = (typed_objects if is_typed else saved_objects)(self, request, obj)
            return answer(request, title, sections_of(request, objects))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "smo_panel")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return [(name, {**options, "fields": _without_panel(options["fields"])}) for name, options in fieldsets]
        if "smo_panel" in flatten_fieldsets(fieldsets):
            return fieldsets
        return [*fieldsets, (None, {"fields": ("smo_panel",)})]

    def _smo_has_cards(self, obj: Model) -> bool:
        """Say whether an object or what is typed in its form may have a card, be it a draft's."""
        models = [type(obj), *(inline.model for inline in self.inlines)]
        return any(registration_of(model) for model in models)

    def _smo_address(self, row: CardRow) -> str:
        if not self.admin_site.is_registered(CardRow):
            return ""
        return reverse(f"{self.admin_site.name}:smo_core_cardrow_change", args=[row.pk])


def _without_panel(fields: Iterable[Any]) -> list[Any]:
    return [field for field in fields if field != "smo_panel"]
