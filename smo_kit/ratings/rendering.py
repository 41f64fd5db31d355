"""The HTML of ratings: the buttons of a page, and what the script is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString

from smo_kit.core.own_urls import own_address
from smo_kit.ratings.conf import RatingsConf
from smo_kit.ratings.models import Summary
from smo_kit.ratings.scales import Choice, choices_of
from smo_kit.ratings.signed import Thing
from smo_kit.ratings.words import BETWEEN, filled, own_words, said_of


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that a reader can give, and what stands on it."""

    choice: Choice
    inside: SafeString


def form_html(thing: Thing, summary: Summary, conf: RatingsConf) -> str:
    """Return the buttons, the same for every reader; "" when the site has left out our addresses."""
    action = own_address("smo_ratings:rate", thing.sign())
    if not action:
        return ""
    return render_to_string(
        "smo_kit/ratings/rate.html", {"action": action, "thing": thing.mark, **context_of(summary, conf)}
    )


def context_of(summary: Summary, conf: RatingsConf, own: str = "") -> dict[str, Any]:
    """Return what a template of buttons needs."""
    return {"kind": summary.kind, "buttons": buttons_of(summary, conf), "said": said_of(summary, conf), "own": own}


def buttons_of(summary: Summary, conf: RatingsConf) -> list[Button]:
    """Return the buttons of a subject, with its figures."""
    return [Button(one, _inside(summary, conf, one)) for one in choices_of(summary.kind, conf)]


def for_script(summary: Summary, conf: RatingsConf, own: str) -> list[dict[str, str]]:
    """Return what becomes of each button, and of the sentence after them, on the page of who has rated.

    The button that he has pressed takes it back when it is pressed again.
    """
    said = BETWEEN.join(filter(None, (said_of(summary, conf), own_words(summary.kind, own, conf))))
    found: list[dict[str, str]] = []
    for button in buttons_of(summary, conf):
        is_own = button.choice.value == own
        value = "" if is_own else button.choice.value
        found.append({"value": value, "ariaPressed": "true" if is_own else "false", "innerHTML": button.inside})
    return [*found, {"innerHTML": escape(said)}]


def _inside(summary: Summary, conf: RatingsConf, choice: Choice) -> SafeString:
    context = {"kind": summary.kind, "choice": choice, "now": _now(summary, conf, choice.value)}
    return render_to_string("smo_kit/ratings/button.html", context)


def _now(summary: Summary, conf: RatingsConf, value: str) -> str:
    if summary.kind == "stars":
        return f"{filled(summary, conf, int(value)):g}"
    count = summary.values.get(value, 0)
    return number_format(count, 0) if count and conf.counts else ""
