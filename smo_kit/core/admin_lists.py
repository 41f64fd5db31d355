"""Lists of the admin of which each row hangs on a page."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from smo_kit.core.models import CardRow
from smo_kit.core.snapshots import pages_of


class WithPages(ChangeList):
    """A list of which each row knows its page, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        pages = pages_of({row.key.speaking("") for row in rows})
        for row in rows:
            row.of_page = pages.get(row.key.speaking(""))
        self.result_list = rows


def page_of(row: Any) -> CardRow | None:
    """Return the page of a row: the one that its list knows, else the one there is."""
    key = row.key.speaking("")
    return row.of_page if hasattr(row, "of_page") else pages_of({key}).get(key)


def link_to(page: CardRow | None) -> str:
    """Return what a row shows of its page."""
    if page is None:
        return _("a page that is not there any more")
    return format_html('<a href="{}">{}</a>', page.url, page.title or page.url)
