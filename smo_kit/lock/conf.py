"""Settings of locks. All that an editor may change can also be said of one lock, by its tag or in the admin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import between
from smo_kit.lock.policies import network_choices, network_notes

Way = Literal["share", "wait", "sign_in", "subscribe", "comment", "rate"]
RungName = Literal["opened", "previewed", "verified", "visited"]
Group = Literal["members", "groups", "editors"]

LONGEST: Final = 3650
MOST_SECONDS: Final = 3600
TEASER: Final = ("title", "text", "title_b", "text_b", "trial_minutes")
"""The settings that say what stands on the lock; the others say how it opens."""


def way_choices() -> list[tuple[str, Any]]:
    """By what a lock can open."""
    return [
        ("share", _("Sharing the page")),
        ("wait", pgettext_lazy("way", "Waiting")),
        ("sign_in", _("Signing in")),
        ("subscribe", _("Subscribing to the discussion")),
        ("comment", _("Commenting")),
        ("rate", _("Rating")),
    ]


def rung_choices() -> list[tuple[str, Any]]:
    """How far a share must have come."""
    return [
        ("opened", _("The reader went to the network")),
        ("previewed", _("The network's robot fetched his link; who knows its name can imitate it")),
        ("verified", _("That robot's address is the network's own; nobody can imitate that")),
        ("visited", _("Another person came by his link")),
    ]


def group_choices() -> list[tuple[str, Any]]:
    """For whom a lock is always open."""
    return [("members", _("Members")), ("groups", _("Members of the groups of “Access”")), ("editors", _("Editors"))]


def _are_found(paths: tuple[str, ...]) -> str:
    for path in paths:
        try:
            import_string(path)
        except ImportError as error:
            return f"names a middleware that can't be imported: {error}"
    return ""


def _is_whole_path(value: str) -> str:
    return (
        "" if not value or Path(value).is_absolute() else f"must be a whole path, as '/srv/site/files', not {value!r}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LockConf:
    """``SMO_KIT["LOCK"]``."""

    ways: tuple[Way, ...] = editable(
        ("share", "wait"),
        label=_("Opens by"),
        help=_("Any one of these. Number them in the order of the buttons. Beside sharing there must be another way."),
        choices=way_choices,
    )
    """By what it opens: any one of them."""
    networks: tuple[str, ...] = editable(
        (),
        label=_("Networks"),
        help=_("Number them in the order of the buttons. None: those of the share buttons that do not forbid it."),
        choices=network_choices,
        notes=network_notes,
    )
    """Ids of the networks to share to; (): those of the share buttons whose rules do not forbid it."""
    rung: RungName = editable(
        "previewed",
        label=_("Opens when"),
        help=_("How far a share must have come. A network that gives no such proof is asked for what it gives."),
        choices=rung_choices,
    )
    wait_seconds: int = editable(
        30,
        label=_("Seconds of waiting"),
        help=_("For the way “Waiting”."),
        check=between(1, MOST_SECONDS),
    )
    patience_seconds: int = editable(
        60,
        label=_("Seconds until a way out"),
        help=_(
            "When a network has given no proof for so long, the lock opens without it. A visit is waited for however "
            "long it takes."
        ),
        check=between(5, MOST_SECONDS),
    )
    days: int = editable(
        30, label=_("Days that it stays open"), help=_("To who has opened it. 0: for good."), check=between(0, LONGEST)
    )
    open_for: tuple[Group, ...] = editable(
        ("editors",), label=_("Always open for"), help=_("These find it open."), choices=group_choices, ordered=False
    )
    title: str = editable("", label=_("Heading"), help=_("Without one: the suite's own words."))
    text: str = editable(
        "", label=_("Teaser"), help=_("What is behind the lock, and why it is worth it."), multiline=True
    )
    title_b: str = editable("", label=_("Second heading"), help=_("To be tried against the first."))
    text_b: str = editable("", label=_("Second teaser"), help=_("To be tried against the first."), multiline=True)
    trial_minutes: int = editable(
        60,
        label=_("Minutes of each teaser"),
        help=_("Two teasers take turns: every reader of the same minute sees the same page, so it can be kept."),
        check=between(1, 24 * 60),
    )
    gates: tuple[str, ...] = fixed((), check=_are_found)
    """Dotted paths of the site's own middleware that turns readers away before any view is known: in ``__call__`` or
    ``process_request``. It is asked before a view is run once more for a lock. ``process_view`` is asked in any case.
    """
    files_root: str = fixed("", check=_is_whole_path)
    """Folder of the files that are given after conditions, outside of what the web server gives to everybody.

    Empty: ``smo_files`` beside MEDIA_ROOT. A storage ``smo_files`` in STORAGES goes before.
    """


lock_settings = AppSettings("LOCK", LockConf, _("Locks"))
