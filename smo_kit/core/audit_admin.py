"""SMO → Audit: the last audit of the site, a button that runs it, and the audit of one page."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.core.addresses import base_url
from smo_kit.core.audit import STEPS
from smo_kit.core.audit_runs import SECONDS, is_running, last_audit, start_audit
from smo_kit.core.auditing import all_rules_loaded, audit_pages
from smo_kit.core.http import Refused
from smo_kit.core.models import Audit
from smo_kit.core.sayings import spoken

LOOK: Final = ("smo_core.view_settings", "smo_core.change_settings")
RUN: Final = "smo_core.change_settings"
GOOD: Final = 90
FAIR: Final = 60


@admin.register(Audit)
class AuditAdmin(admin.ModelAdmin):
    """Who may see the settings may see what is wrong; who may change them may look anew."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.audit)
        return [path("", view, name="smo_core_audit_changelist")]

    def audit(self, request: HttpRequest) -> HttpResponse:
        """Show the last audit, or that of the page in ``?page=``; start one on POST."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._start(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Audit"),
            "opts": self.opts,
            "may_run": self.has_change_permission(request),
            "page": request.GET.get("page", "")[:2000],
            "good": GOOD,
            "fair": FAIR,
        }
        context |= _one_page(request, context["page"]) if context["page"] else _last()
        return TemplateResponse(request, "admin/smo_core/audit/audit.html", context)

    def _start(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not start_audit(get_language() or "", base_url(request)):
            self.message_user(request, _("The audit is under way already."), messages.WARNING)
        return redirect(reverse(f"{self.admin_site.name}:smo_core_audit_changelist"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Audit | None = None) -> bool:
        return any(map(request.user.has_perm, LOOK))

    def has_change_permission(self, request: HttpRequest, obj: Audit | None = None) -> bool:
        return request.user.has_perm(RUN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Audit | None = None) -> bool:
        return False


def _last() -> dict[str, Any]:
    audit = last_audit()
    return {
        "audit": audit,
        "report": _spoken(audit.report) if audit and audit.report else None,
        "is_running": is_running(audit),
    }


def _one_page(request: HttpRequest, page: str) -> dict[str, Any]:
    report = None
    try:
        for progress in audit_pages([page], seconds=SECONDS, home=base_url(request)):
            report = progress.report
    except (Refused, ValueError) as error:
        return {"refused": str(error)}
    return {"report": report}


def _spoken(report: dict[str, Any]) -> dict[str, Any]:
    """Return a kept report in the reader's language; findings of rules whose texts are no sayings keep the runner's."""
    report = spoken(report)
    steps = {one.id: one.label for one in STEPS}
    rules = {one.id: one.label for one in all_rules_loaded()}
    labelled = [
        {
            **step,
            "label": steps.get(step["id"], step["label"]),
            "rules": [{**rule, "label": rules.get(rule["id"], rule["label"])} for rule in step["rules"]],
        }
        for step in report["steps"]
    ]
    return {**report, "steps": labelled}
