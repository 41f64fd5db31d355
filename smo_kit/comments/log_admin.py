"""SMO → Actions: what was done to comments, by whom, and why; a moderator's decision can be taken back from here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.comments.acts import Desk
from smo_kit.comments.desk import VERBS, note_of, words_of
from smo_kit.comments.history import in_force
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.permissions import ModeratorsOnly
from smo_kit.comments.states import VERDICTS, State
from smo_kit.core.converters import id_in
from smo_kit.core.settings import site_id

LATELY: Final = 2_000
"""So many of the last actions say which moderators are offered."""


class VerbFilter(admin.SimpleListFilter):
    """Actions of one kind."""

    title = gettext_lazy("action")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(VERBS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


class WhoFilter(admin.SimpleListFilter):
    """Actions of one moderator, of those who have done something lately."""

    title = gettext_lazy("who")
    parameter_name = "user"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        lately = Action.objects.order_by("-pk").values_list("user", flat=True)[:LATELY]
        asked = id_in(self.value() or "")
        users = get_user_model()._default_manager.filter(pk__in={*lately, asked} - {None, 0})
        return sorted(((str(one.pk), str(one)) for one in users), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(user=id_in(self.value() or "")) if self.value() else queryset


class Log(ChangeList):
    """A page of actions; the last verdict on each comment can be taken back, unless something has happened since."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        actions = list(self.result_list)
        prefetch_related_objects(actions, "user", "entry__comment")  # after the order: a join of all is slow
        of_entry: dict[int, list[Action]] = defaultdict(list)
        for action in Action.objects.filter(entry__in={one.entry_id for one in actions}).order_by("pk"):
            of_entry[action.entry_id].append(action)
        last = {standing[-1].pk for all_ in of_entry.values() if (standing := in_force(all_))}
        for action in actions:
            action.can_undo = action.pk in last and action.verb in VERDICTS
        self.result_list = actions


@admin.register(Action)
class ActionAdmin(ModeratorsOnly):
    """The log, the last first. Nothing in it is changed."""

    list_display = ("at", "who", "what", "change", "noted", "comment_cell", "take_back")
    list_display_links = None
    list_filter = (VerbFilter, WhoFilter)
    list_per_page = 100
    ordering = ("-pk",)
    search_fields = ("entry__comment__user_name", "entry__comment__user_email", "note")
    search_help_text = gettext_lazy("Author of the comment, or a note")
    actions = None

    class Media:
        css = {"all": ["smo_kit/comments/moderation.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Action]:
        return Action.objects.of_site(site_id()).order_by(*self.ordering)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Log

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "smo_do" in request.POST:
            Desk(request, Entry.objects.none(), str).act(request.POST["smo_do"])
            return redirect(request.get_full_path())
        return super().changelist_view(request, {"title": _("What was done to comments"), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        action = self.get_object(request, object_id)
        if action is None:
            raise Http404(object_id)
        return redirect(self._address(action))

    @admin.display(description=gettext_lazy("who"), ordering="user")
    def who(self, action: Action) -> str:
        return str(action.user) if action.user else "—"

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, action: Action) -> str:
        return words_of(action)

    @admin.display(description=gettext_lazy("state"))
    def change(self, action: Action) -> str:
        if action.before == action.after:
            return ""
        labels = dict(State.choices)
        return f"{labels.get(action.before, action.before)} → {labels.get(action.after, action.after)}"

    @admin.display(description=gettext_lazy("note"))
    def noted(self, action: Action) -> str:
        return Truncator(note_of(action)).chars(100)

    @admin.display(description=gettext_lazy("comment"))
    def comment_cell(self, action: Action) -> SafeString:
        comment = action.entry.comment
        text = f"{action.entry.author_name}: {Truncator(' '.join(comment.comment.split())).chars(60)}"
        return format_html('<a href="{}">{}</a>', self._address(action), text)

    @admin.display(description="")
    def take_back(self, action: Action) -> str:
        if not action.can_undo:  # type: ignore[attr-defined]
            return ""
        value = f"undo:{action.pk}"
        return format_html(
            '<button type="submit" name="smo_do" value="{}" class="smo-do">{}</button>', value, _("Undo")
        )

    def _address(self, action: Action) -> str:
        return reverse(f"{self.admin_site.name}:smo_comments_entry_change", args=[action.entry_id])
