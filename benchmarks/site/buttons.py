"""Render a page's sign-in buttons, ours and django-allauth's, and print JSON: milliseconds and queries."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, Final

import django

from benchmarks.renders import queries, times

PAGES: Final = {
    "ours": "{% load smo %}{% smo_login %}",
    "peer": '{% include "socialaccount/snippets/provider_list.html" with process="login" %}',
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.site.login_settings"
    django.setup()
    from django.core.management import call_command
    from django.template import engines
    from django.test import RequestFactory

    call_command("migrate", run_syncdb=True, verbosity=0)
    request = RequestFactory().get("/", headers={"Host": "bench.example"})
    templates = {name: engines["django"].from_string(text) for name, text in PAGES.items()}
    renders: dict[str, Callable[[], Any]] = {
        name: lambda template=one: template.render({}, request) for name, one in templates.items()
    }
    found = {name: {"ms": 0.0, "queries": queries(render)} for name, render in renders.items()}
    for name, ms in times(renders).items():
        found[name]["ms"] = ms
    print(json.dumps(found))


if __name__ == "__main__":
    main()
