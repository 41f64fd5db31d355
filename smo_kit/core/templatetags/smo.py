"""``{% load smo %}``: the tags of every app of the suite that is installed.

A tag of an app that is not installed is an error that names the app.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, NoReturn

from django import template
from django.apps import apps

TAGS: Final = {
    "smo_kit.meta": ("smo_head",),
    "smo_kit.share": ("smo_share", "smo_quote", "smo_pictures"),
    "smo_kit.follow": ("smo_follow", "smo_widget"),
    "smo_kit.engagement": ("smo_scripts",),
    "smo_kit.comments": ("smo_comments", "smo_comment_counts", "smo_latest_comments", "smo_best_commenters"),
    "smo_kit.ratings": ("smo_rate", "smo_rating_counts"),
    "smo_kit.login": ("smo_login",),
    "smo_kit.best": ("smo_related", "smo_best"),
    "smo_kit.lock": ("smo_lock", "smo_download"),
    "smo_kit.notify": ("smo_subscribe", "smo_bell"),
}

register = template.Library()


def _missing(app: str, name: str) -> Callable[..., NoReturn]:
    def compile_tag(parser: object, token: object) -> NoReturn:
        raise template.TemplateSyntaxError(f"{{% {name} %}} belongs to {app}: add {app!r} to INSTALLED_APPS.")

    return compile_tag


for _app, _names in TAGS.items():
    if apps.is_installed(_app):
        _library = import_module(f"{_app}.tags").register
        register.tags.update(_library.tags)
        register.filters.update(_library.filters)
    else:
        register.tags.update({_name: _missing(_app, _name) for _name in _names})
