"""SMO → Discussions: whether a page takes comments, and what it has otherwise than the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.comments.admin_forms import OPTIONS, DiscussionForm
from smo_kit.comments.desk import PageOf, pages_of
from smo_kit.comments.models import Discussion
from smo_kit.comments.moves import touch
from smo_kit.comments.permissions import ModeratorsOnly
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id


class Discussions(ChangeList):
    """A page of discussions, each with the page that it belongs to."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        discussions = list(self.result_list)
        pages = pages_of(discussions)
        for one in discussions:
            one.of_page = pages[one.pk]
        self.result_list = discussions


@admin.register(Discussion)
class DiscussionAdmin(ModeratorsOnly):
    """Discussions of the site that this process serves, the liveliest first."""

    form = DiscussionForm
    list_display = ("page", "language", "count", "last_at", "whether_open", "comments")
    list_filter = ("is_open",)
    list_per_page = 50
    ordering = ("-last_at", "-pk")
    search_fields = ("object_pk",)
    search_help_text = gettext_lazy("Title or address of the page")
    readonly_fields = ("page", "count", "last_at", "comments")
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Discussion | None = None) -> Any:
        own = {"fields": tuple(OPTIONS), "description": _("What is left empty is as the site has it.")}
        return [
            (None, {"fields": ("page", "count", "last_at", "comments", "is_open")}),
            (_("Settings of this page"), own),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": ("is_open",)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discussion]:
        return super().get_queryset(request).filter(site_id=site_id())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Discussions

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Discussion], search_term: str
    ) -> tuple[QuerySet[Discussion], bool]:
        if not (term := search_term.strip()):
            return queryset, False
        rows = CardRow.objects.filter(Q(title__icontains=term) | Q(url__icontains=term))
        found = Q(pk__in=[])
        for type_, pk in rows.values_list("content_type_id", "object_pk").distinct()[:200]:
            found |= Q(content_type_id=type_, object_pk=pk)
        return queryset.filter(found), False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Discussion | None:
        discussion: Discussion | None = super().get_object(request, *args, **kwargs)
        if discussion is not None:
            discussion.title = self._page_of(discussion).title
        return discussion

    def save_model(self, request: HttpRequest, obj: Discussion, form: Any, change: bool) -> None:
        obj.save(update_fields=["is_open", "options"])
        touch(obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        discussion = self.get_object(request, unquote(object_id))
        title = {"title": _("Discussion"), "subtitle": self._page_of(discussion).title} if discussion else {}
        return super().change_view(request, object_id, form_url, {**title, **(extra_context or {})})

    @admin.display(description=gettext_lazy("page"))
    def page(self, discussion: Discussion) -> str:
        return self._page_of(discussion).title

    @admin.display(description=gettext_lazy("open"))
    def whether_open(self, discussion: Discussion) -> str:
        if discussion.is_open is None:
            return _("as the settings say")
        return _("open") if discussion.is_open else _("closed")

    @admin.display(description=gettext_lazy("where"))
    def comments(self, discussion: Discussion) -> str:
        url = reverse(f"{self.admin_site.name}:smo_comments_entry_changelist")
        comments = format_html('<a href="{}?page={}&amp;state=all">{}</a>', url, discussion.pk, _("All comments"))
        page = self._page_of(discussion)
        if not page.url:
            return comments
        return format_html('{} · <a href="{}">{}</a>', comments, page.url, _("View the page"))

    def _page_of(self, discussion: Discussion) -> PageOf:
        known: PageOf | None = getattr(discussion, "of_page", None)
        return known or pages_of([discussion])[discussion.pk]
