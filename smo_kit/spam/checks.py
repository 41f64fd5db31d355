"""Faults of the spam rules that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string

from smo_kit.spam.conf import spam_settings

Messages = list[checks.CheckMessage]

BORDER: Final = 50
_AKISMET: Final = "smo_kit.spam.rules.akismet.Akismet"


@checks.register("smo_kit")
def rules_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E301: a rule can't be imported."""
    return [
        checks.Error(f"SMO_KIT['SPAM']['rules'] names {path!r}: {wrong}.", hint="Mend the path.", id="smo_kit.E301")
        for path in spam_settings.in_code().rules
        if (wrong := _what_is_wrong(path))
    ]


@checks.register("smo_kit")
def akismet_can_be_asked(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W301: Akismet is on the list of rules, and can't be asked."""
    conf = spam_settings.in_code()
    if _AKISMET not in conf.rules or (conf.akismet_key and import_string("smo_kit.spam.rules.akismet.IS_INSTALLED")):
        return []
    hint = "pip install 'smo-kit[akismet]', and give SMO_KIT['SPAM']['akismet_key']; or take the rule off the list."
    return [checks.Warning("Akismet's rule is never asked: no package or no key.", hint=hint, id="smo_kit.W301")]


@checks.register("smo_kit")
def thresholds_stand_around_the_border(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W302: what is more likely ham is put away, or what is more likely spam is published."""
    conf = spam_settings.in_code()
    if conf.publish_below <= BORDER <= conf.spam_above:
        return []
    said = f"The spam thresholds {conf.publish_below} and {conf.spam_above} don't stand around {BORDER}."
    hint = "SMO_KIT['SPAM'] or the admin: publish_below up to 50, spam_above from 50 on."
    return [checks.Warning(said, hint=hint, id="smo_kit.W302")]


def _what_is_wrong(path: str) -> str:
    try:
        import_string(path)
    except ImportError as error:
        return str(error)
    return ""
