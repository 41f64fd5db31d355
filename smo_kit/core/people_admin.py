"""SMO → Personal data: what is kept of one person, to be exported or erased. The address never stands in a URL."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from smo_kit.core.answers import json_file
from smo_kit.core.emails import BadAddress
from smo_kit.core.models import PersonalRequest
from smo_kit.core.people import EXPORT_FILE, Person, erase, export, holders, look, person_at
from smo_kit.core.settings import site_id

PERMISSION: Final = "smo_core.handle_personal_data"
LAST: Final = 20


@admin.register(PersonalRequest)
class PersonalRequestAdmin(admin.ModelAdmin):
    """One page, for superusers and those who have the permission."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.people)
        return [path("", view, name="smo_core_personalrequest_changelist")]

    @method_decorator(sensitive_post_parameters("address"))
    def people(self, request: HttpRequest) -> HttpResponse:
        """Show what is kept of a person; export and erase it."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request)
        try:
            person = person_at(request.POST.get("address", "")[:254])
        except BadAddress as error:
            return self._page(request, refused=str(error))
        if "export" in request.POST:
            return json_file(export(person, user=request.user), EXPORT_FILE)
        if "erase" in request.POST:
            return self._erase(request, person)
        return self._page(request, person=person, found=_figures(person))

    def _erase(self, request: HttpRequest, person: Person) -> HttpResponse:
        if request.POST.get("sure") != "yes":
            refused = _("Nothing was erased. Please tick that you are sure: it can't be undone.")
            return self._page(request, person=person, found=_figures(person), refused=refused)
        erase(person, keep_texts=request.POST.get("texts") == "keep", user=request.user)
        self.message_user(request, _("Everything that was kept of this person is erased."), messages.SUCCESS)
        return redirect(reverse(f"{self.admin_site.name}:smo_core_personalrequest_changelist"))

    def _page(self, request: HttpRequest, **more: Any) -> HttpResponse:
        last = PersonalRequest.objects.filter(site_id=site_id()).select_related("user")[:LAST]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Personal data"),
            "opts": self.opts,
            "address": request.POST.get("address", ""),
            "last": [{"row": row, "verb": _verb(row.verb), "count": _total(row.figures)} for row in last],
            **more,
        }
        return TemplateResponse(request, "admin/smo_core/people/people.html", context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: PersonalRequest | None = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: PersonalRequest | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PersonalRequest | None = None) -> bool:
        return False


def _figures(person: Person) -> list[dict[str, Any]]:
    labels = {one.id: one.label for one in holders()}
    names = {
        "comments": _("comments"),
        "votes": _("likes and dislikes"),
        "reports": _("reports"),
        "earlier_texts": _("earlier texts"),
        "flags": _("flags"),
        "decisions": _("decisions as a moderator"),
        "mails": _("mails"),
        "reputations": _("reputations"),
        "networks": _("accounts at networks"),
        "addresses": _("e-mail addresses"),
        "pictures": _("pictures"),
    }
    return [
        {"label": labels[id_], "name": names.get(name, name), "count": len(rows)}
        for id_, parts in look(person).items()
        for name, rows in parts.items()
    ]


def _verb(verb: str) -> str:
    return {"export": _("exported"), "erase": _("erased")}.get(verb, verb)


def _total(figures: dict[str, dict[str, int]]) -> int:
    return sum(sum(counts.values()) for counts in figures.values())
