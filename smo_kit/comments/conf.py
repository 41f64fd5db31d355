"""Settings of comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import BadAddress, normalised
from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import between, positive

DEEPEST: Final = 20
"""Levels below the first that a path has room for: see ``tree_paths.py``."""
SMALLEST_PAGE: Final = 50
LARGEST_PAGE: Final = 500
LONGEST_TEXT: Final = 100_000
MANY: Final = 10_000
"""More replies or reports than anybody counts."""
CENTURY: Final = 36_500
"""In days."""
YEAR: Final = 365 * 24 * 60
"""In minutes."""
MOST_LISTED: Final = 50
MODERATE: Final = "django_comments.can_moderate"
"""Django's permission of who moderates."""

Hold = Literal["suspicious", "first", "guests", "all"]
View = Literal["threads", "flat"]
Sort = Literal["oldest", "newest", "best"]


def _are_addresses(values: tuple[str, ...]) -> str:
    for value in values:
        try:
            normalised(value)
        except BadAddress as error:
            return str(error)
    return ""


def hold_choices() -> list[tuple[str, Any]]:
    """What a moderator sees before readers do."""
    return [
        ("suspicious", _("Only what looks like spam")),
        ("first", _("The first comment of each person, too")),
        ("guests", _("All comments of guests, too")),
        ("all", _("All comments")),
    ]


def view_choices() -> list[tuple[str, Any]]:
    """How a discussion is laid out."""
    return [("threads", _("Replies under what they answer")), ("flat", _("One after another"))]


def sort_choices() -> list[tuple[str, Any]]:
    """What comes first."""
    return [("oldest", _("Oldest first")), ("newest", _("Newest first")), ("best", _("Best first"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsConf:
    """``SMO_KIT["COMMENTS"]``."""

    confirm_guests: bool = editable(
        True,
        label=_("Guests confirm their address"),
        help=_("A comment of a guest appears when its author has followed the link in a mail."),
    )
    """Whether a guest must prove his address before his comment goes on."""
    hold: Hold = editable(
        "suspicious",
        label=_("What waits for a moderator"),
        help=_("Everything else appears at once."),
        choices=hold_choices,
    )
    """What waits for a moderator."""
    view: View = editable("threads", label=_("Layout"), help=_("How a discussion is laid out."), choices=view_choices)
    """How a discussion is laid out."""
    sort: Sort = editable("oldest", label=_("Order"), help=_("A reader can choose another."), choices=sort_choices)
    """What comes first."""
    max_depth: int = editable(
        4,
        label=_("Levels of replies"),
        help=_("0: no replies. A reply to the deepest comment stands beside it."),
        check=between(0, DEEPEST),
    )
    """Levels of replies; a reply to a comment on the last one is put beside that comment."""
    page_size: int = editable(
        50, label=_("Comments on a page"), help=_("From 50 to 500."), check=between(SMALLEST_PAGE, LARGEST_PAGE)
    )
    """Comments on a page, from 50 to 500."""
    collapse_after: int = editable(
        20,
        label=_("Replies shown open"),
        help=_("Further replies of one thread are folded until a reader opens them. 0: all are open."),
        check=between(0, MANY),
    )
    """Replies of one thread that are shown open; those after them are folded. 0: none is."""
    max_length: int = editable(
        5000, label=_("Longest comment"), help=_("In letters."), check=between(100, LONGEST_TEXT)
    )
    """Letters that a comment may have."""
    edit_minutes: int = editable(
        15,
        label=_("Minutes to change one's comment"),
        help=_("For so long its author may change or remove a comment. 0: never."),
        check=between(0, YEAR),
    )
    """Minutes for which an author may change or remove his comment."""
    close_after_days: int = editable(
        0,
        label=_("Close after days"),
        help=_("So many days after a page was published, nobody can write there. 0: never."),
        check=between(0, CENTURY),
    )
    """Days after a page's publication for which it takes comments; 0: for ever."""
    likes: bool = editable(True, label=_("Readers may like comments"), help=_("Guests too, once each."))
    """Whether there are likes."""
    dislikes: bool = editable(False, label=_("Readers may dislike comments"), help=_("Only together with likes."))
    """Whether there are dislikes beside likes."""
    reports_to_hold: int = editable(
        3,
        label=_("Reports that hide a comment"),
        help=_("So many readers have to report a comment until it waits for a moderator. 0: never."),
        check=between(0, MANY),
    )
    """Reports after which a published comment waits for a moderator."""
    votes_an_hour: int = fixed(60, check=positive)
    """Likes and dislikes that one network address may give within an hour."""
    newcomers_votes_a_day: int = fixed(10, check=positive)
    """Guests of one network address who may vote on one comment within a day."""
    drafts_an_hour: int = fixed(30, check=positive)
    """Drafts that one network address may have kept within an hour, while their authors sign in."""
    edits_an_hour: int = fixed(20, check=positive)
    """Times that an author may change one comment within an hour."""
    reports_an_hour: int = fixed(20, check=positive)
    """Reports that one network address may send within an hour."""
    moderators: tuple[str, ...] = editable(
        (),
        label=_("Moderators' addresses"),
        help=_("They get a mail when a comment waits for them. One address a line, without a name."),
        check=_are_addresses,
    )
    """Addresses that get a mail when a comment waits for a moderator. Empty: nobody's."""
    per_language: bool = fixed(False)
    """Whether each language of a page has a discussion of its own."""
    confirm_hours: int = fixed(48, check=between(1, 24 * 365))
    """Hours for which the link of a confirmation works."""
    confirm_most: tuple[int, ...] = fixed((3, 10, 200))
    """Confirmations that one address, one network (/24, /48) and the whole site may ask for within an hour. Those that
    were answered don't count."""
    pending_days: int = fixed(7, check=between(1, CENTURY))
    """Days after which an unconfirmed comment is forgotten."""


comments_settings = AppSettings("COMMENTS", CommentsConf, _("Comments"), moved={"who": "SMO_KIT['ACCESS']['comment']"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsConf:
    """Options of ``{% smo_latest_comments %}`` and ``{% smo_best_commenters %}``."""

    title: str = editable("", label=_("Heading"), help=_("Empty: none."))
    """Heading of the list; "": none."""
    limit: int = editable(5, label=_("How many"), help=_("From 1 to 50."), check=between(1, MOST_LISTED))
    """How many stand in the list."""
    days: int = editable(
        30, label=_("Days"), help=_("Likes of comments of so many days count. 0: all."), check=between(0, CENTURY)
    )
    """Of how many days comments count; 0: all."""


lists_settings = AppSettings("COMMENT_LISTS", ListsConf, of_site=False)
