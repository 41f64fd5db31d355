"""SMO → Comments: the queue of what needs a person, a page for each comment, its discussion, and the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, prefetch_related_objects
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.comments.acts import Desk
from smo_kit.comments.admin_forms import NoteForm, TextForm
from smo_kit.comments.desk import judged_now, log_of, note_of, sights_of
from smo_kit.comments.discussion_admin import DiscussionAdmin
from smo_kit.comments.discussions import conf_of
from smo_kit.comments.filters import PageFilter, PersonFilter, StateFilter, doubtful
from smo_kit.comments.log_admin import ActionAdmin
from smo_kit.comments.models import Entry, Report
from smo_kit.comments.moderation import annotate, look_alikes, rewrite
from smo_kit.comments.permissions import ModeratorsOnly
from smo_kit.core.converters import id_in
from smo_kit.core.long_lists import LanguageFilter
from smo_kit.core.settings import site_id

__all__ = ["ActionAdmin", "DiscussionAdmin", "EntryAdmin"]

STYLE: Final = {"all": ["smo_kit/comments/moderation.css"]}
SCRIPT: Final = [Script("smo_kit/comments/moderation.js", type="module")]
DO: Final = "smo_do"
"""The name of every button that acts on comments."""
SEEN: Final = "smo_seen"
"""What a form that lets one choose comments sends along of each: ``desk.Sight.seen``."""


class Queue(ChangeList):
    """A page of comments, each with what a moderator sees of it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        entries = list(self.result_list)
        prefetch_related_objects(entries, "comment__user", "discussion")  # after the order: a join of all is slow
        for entry, sight in zip(entries, sights_of(entries), strict=True):
            entry.sight = sight
        self.result_list = entries


@admin.register(Entry)
class EntryAdmin(ModeratorsOnly):
    """Comments, those first that need a person most."""

    list_display = ("comment_cell",)
    list_display_links = None
    list_filter = (StateFilter, PageFilter, PersonFilter, LanguageFilter)
    list_per_page = 50
    search_fields = ("comment__user_name", "comment__user_email", "comment__comment")
    search_help_text = gettext_lazy("Name, e-mail address or text")
    actions = ("publish_all", "remove_all", "spam_all", "trust_all", "ban_all")

    class Media:
        css = STYLE
        js = SCRIPT

    def get_urls(self) -> list[URLPattern]:
        alike = self.admin_site.admin_view(self.alike_view)
        return [path("<int:pk>/alike/", alike, name="smo_comments_entry_alike"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return Entry.objects.of_site(site_id()).by_need(doubtful=doubtful())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and DO in request.POST:
            return self._done(request)
        return super().changelist_view(request, {"title": _("Comments"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a comment with all that is known of it; change its text, note something, decide."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = self._entry(request, object_id)
        if request.method == "POST" and DO in request.POST:
            return self._done(request)
        text = TextForm(
            request.POST if "text" in request.POST else None,
            conf=conf_of(entry.discussion),
            initial={"text": entry.comment.comment},
        )
        note = NoteForm(request.POST if "note" in request.POST else None, label_suffix="")
        if text.is_bound and text.is_valid():
            rewrite(entry, text.cleaned_data["text"], user=request.user)
            return self._saved(request, _("The text is changed."))
        if note.is_bound and note.is_valid():
            annotate(entry, note.cleaned_data["note"], user=request.user)
            return self._saved(request, _("The note is kept."))
        context = {**self._context(request, entry), "text_form": text, "note_form": note, **(extra_context or {})}
        return TemplateResponse(request, "admin/smo_comments/entry/page.html", context)

    def alike_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer the look-alikes of a comment, to be marked as spam together."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = self._entry(request, str(pk))
        others = look_alikes(entry)
        if request.method == "POST":
            chosen = set(request.POST.getlist("pk"))
            self._decide(request, "spam", [other for other in others if str(other.pk) in chosen])
            return redirect(self._address("changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comments that look like this one"),
            "opts": self.opts,
            "media": self.media,
            "sight": sights_of([entry])[0],
            "others": sights_of(others),
        }
        return TemplateResponse(request, "admin/smo_comments/entry/alike.html", context)

    @admin.display(description=gettext_lazy("comment"))
    def comment_cell(self, entry: Entry) -> SafeString:
        context = {"sight": entry.sight, "url": self._address("change", entry.pk)}  # type: ignore[attr-defined]
        return render_to_string("admin/smo_comments/entry/row.html", context)

    @admin.action(description=gettext_lazy("Publish"))
    def publish_all(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._decide(request, "publish", entries)

    @admin.action(description=gettext_lazy("Remove"))
    def remove_all(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._decide(request, "remove", entries)

    @admin.action(description=gettext_lazy("Mark as spam"))
    def spam_all(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._decide(request, "spam", entries)

    @admin.action(description=gettext_lazy("Trust their authors"))
    def trust_all(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._desk(request).judge_authors("trust", entries)

    @admin.action(description=gettext_lazy("Ban their authors"))
    def ban_all(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._desk(request).judge_authors("ban", entries)

    def _desk(self, request: HttpRequest) -> Desk:
        return Desk(request, self.get_queryset(request), lambda pk: self._address("alike", pk))

    def _decide(self, request: HttpRequest, verdict: str, entries: Iterable[Entry]) -> None:
        pairs = (one.partition(":") for one in request.POST.getlist(SEEN))
        self._desk(request).decide_all(verdict, entries, {id_in(pk): seen for pk, _colon, seen in pairs})

    def _done(self, request: HttpRequest) -> HttpResponse:
        self._desk(request).act(request.POST[DO])
        return redirect(request.get_full_path())

    def _saved(self, request: HttpRequest, text: str) -> HttpResponse:
        self.message_user(request, text, messages.SUCCESS)
        return redirect(request.path)

    def _entry(self, request: HttpRequest, pk: str) -> Entry:
        entry = self.get_queryset(request).filter(pk=id_in(pk)).first()
        if entry is None:
            raise Http404(pk)
        return entry

    def _address(self, view: str, *args: Any) -> str:
        return reverse(f"{self.admin_site.name}:smo_comments_entry_{view}", args=args)

    def _context(self, request: HttpRequest, entry: Entry) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": _("Comment of %(name)s") % {"name": entry.author_name},
            "opts": self.opts,
            "media": self.media,
            "sight": sights_of([entry])[0],
            "judged": judged_now(entry),
            "reports": Report.objects.filter(entry=entry).order_by("-pk"),
            "log": [(action, words, note_of(action), can_undo) for action, words, can_undo in log_of(entry)],
            "alike": len(look_alikes(entry)),
            "can_pin": entry.is_published and not entry.level,
        }
