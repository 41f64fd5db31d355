"""Settings of the judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import not_negative, positive
from smo_kit.spam.rule_names import LEARNED, name_of

RULES: Final = (
    "smo_kit.spam.rules.traps.FormTime",
    "smo_kit.spam.rules.traps.Honeypot",
    "smo_kit.spam.rules.lists.Listed",
    "smo_kit.spam.rules.trust.Reputed",
    "smo_kit.spam.rules.trust.Regular",
    "smo_kit.spam.rules.words.Muted",
    "smo_kit.spam.rules.words.Phrases",
    "smo_kit.spam.rules.links.Links",
    "smo_kit.spam.rules.links.OwnPage",
    "smo_kit.spam.rules.letters.Scripts",
    "smo_kit.spam.rules.letters.Disguises",
    "smo_kit.spam.rules.letters.Shouting",
    "smo_kit.spam.rules.contacts.Contacts",
    "smo_kit.spam.rules.topic.OffTopic",
    "smo_kit.spam.rules.repeats.Repeated",
)
"""Cheap to dear; then comes what was learned."""


def _choices() -> list[tuple[str, str]]:
    names = [path.rpartition(".")[2] for path in spam_settings().rules]
    return [(name, str(name_of(name))) for name in (*names, LEARNED)]


def _is_percent(value: int) -> str:
    return "" if 0 <= value <= 100 else gettext("must be from 0 to 100, not %(value)s") % {"value": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamConf:
    """``SMO_KIT["SPAM"]``."""

    publish_below: int = editable(
        40,
        label=_("Publish below"),
        help=_("Per cent of spam up to which a text is published at once. 50 is the border between ham and spam."),
        check=_is_percent,
    )
    """Score, in per cent, below which a text is published at once; 50 is the border between ham and spam."""
    spam_above: int = editable(
        95,
        label=_("Spam from"),
        help=_("Per cent of spam from which a text is put away as spam. What lies between waits for a person."),
        check=_is_percent,
    )
    """Score, in per cent, from which a text is put away as spam; what lies between is held."""
    off: tuple[str, ...] = editable(
        (),
        label=_("Rules that are off"),
        help=_("What you don't want to be judged by."),
        choices=_choices,
    )
    """Names of rules that are not asked."""
    muted_words: tuple[str, ...] = editable(
        (),
        label=_("Muted words"),
        help=_(
            "A word or phrase a line. A text with one of them waits for a person, in whatever letters it is disguised."
        ),
    )
    """Words and phrases that hold a text. They are compared in small plain letters; ``*`` at the end: any ending."""
    languages: tuple[str, ...] = editable(
        (),
        label=_("Languages of your readers"),
        help=_("Codes, such as en. Empty: the languages of the site. Text in another script is suspicious."),
    )
    """Codes of the languages that are expected; empty: ``LANGUAGES``."""
    fast_seconds: int = editable(
        3,
        label=_("Seconds that a person needs at least"),
        help=_("A form sent sooner after it was opened is suspicious. 0: it is not asked."),
        check=not_negative,
    )
    """A form that is sent sooner after it was opened is suspicious; 0: never."""
    similar_days: int = editable(
        7,
        label=_("Days for look-alikes"),
        help=_("How far back repeated texts are looked for."),
        check=positive,
    )
    """How many days back repeats and look-alikes are looked for; fingerprints are kept so long."""
    address_limit: int = editable(
        10,
        label=_("Texts from one address in ten minutes"),
        help=_("More are refused. A network (IPv4 /24, IPv6 /48) may send four times as many."),
        check=positive,
    )
    """Texts taken from one address in ten minutes; from its network (/24, /48) four times as many."""
    subject_limit: int = editable(
        60,
        label=_("Texts under one page in ten minutes"),
        help=_("More are refused, whoever sends them."),
        check=positive,
    )
    """Texts taken under one subject in ten minutes."""
    lists: tuple[str, ...] = fixed(())
    """Paths of lists of spammers' IP or e-mail addresses that you download, one a line or between commas (those of
    StopForumSpam, for one). Nobody is asked; a file that is replaced is read anew."""
    akismet_key: str = fixed("")
    """Your key of Akismet. Needs ``smo-kit[akismet]`` and ``smo_kit.spam.rules.akismet.Akismet`` among ``rules``."""
    akismet_seconds: int = fixed(3, check=positive)
    """How long Akismet may take; later, the text waits for a person."""
    rules: tuple[str, ...] = fixed(RULES)
    """Dotted paths of the rules, in the order in which they are asked: cheap to dear. Add your own."""


spam_settings = AppSettings("SPAM", SpamConf, _("Spam"))
