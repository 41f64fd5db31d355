"""Options of ``{% smo_download %}``: the terms of a lock, and what the link says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, site_id
from smo_kit.lock.conf import LockConf

LABEL_LENGTH: Final = 100


def file_choices() -> list[tuple[str, Any]]:
    """Return short name and title of each file of the site, by title."""
    rows = apps.get_model("smo_lock", "Download")._default_manager.filter(site_id=site_id()).order_by("title")
    return list({slug: (slug, title) for slug, title in rows.values_list("slug", "title")}.values())


def _fits(value: str) -> str:
    return "" if len(value) <= LABEL_LENGTH else f"must have at most {LABEL_LENGTH} letters, not {len(value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadOptions(LockConf):
    """What a tag, or an editor by a block, says of a file on a page."""

    file: str = editable(
        "", label=_("File"), help=_("Files are uploaded in the admin, under “Downloads”."), choices=file_choices
    )
    label: str = editable(
        "", label=_("Words of the link"), help=_("Kind and size follow. Empty: “Download”."), check=_fits
    )


download_options = AppSettings("LOCK", DownloadOptions, of_site=False)
"""The terms are as the site has them, unless something else is said."""

_EDITABLE: Final = {one.name: one for one in fields(LockConf) if one.metadata.get("editing")}
TERMS: Final = tuple(_EDITABLE)
NAMES: Final = (*TERMS, "label")
_LISTS: Final = {name for name, one in _EDITABLE.items() if str(one.type).startswith("tuple")}


def as_kept(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as they can be kept; a list that a template writes in one, ``ways="share,wait"``, as its words."""
    plain = {name: str(value) if isinstance(value, Promise) else value for name, value in options.items()}
    written = {name: value for name, value in plain.items() if name in _LISTS and isinstance(value, str)}
    return plain | {name: list(filter(None, map(str.strip, value.split(",")))) for name, value in written.items()}
