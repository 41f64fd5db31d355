"""A page that fails on a site with the settings of docs/deploy.md; run by ``test_error_reports.py`` in a process."""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest
from django.urls import path

from tests.documentation import DOCS, blocks


def fail(request: HttpRequest, token: str) -> Any:
    raise ValueError(f"boom {token}")


urlpatterns = [path("<token>/", fail)]


def settings_of_docs() -> dict[str, Any]:
    """Return what the block about reports sets."""
    (block,) = [one for one in blocks("python") if one.page == DOCS / "deploy.md" and "LOGGING = {" in one.text]
    found: dict[str, Any] = {}
    exec(compile(block.text, str(block), "exec"), found)  # our own page
    return {name: value for name, value in found.items() if name.isupper()}


def main() -> None:
    settings.configure(
        **settings_of_docs(),
        ADMINS=[("Ada", "ada@example.org")],
        ALLOWED_HOSTS=["testserver"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        ROOT_URLCONF=__name__,
        SECRET_KEY="a site of the docs",
        USE_TZ=True,
    )
    django.setup()
    from django.core import mail  # of a site that is set up
    from django.test import Client

    from smo_kit.core.tokens import sign

    mail.outbox = []
    token = sign("any", "12")
    Client(raise_request_exception=False).get(f"/{token}/")
    json.dump({"token": token, "mails": [f"{one.subject} {one.body}" for one in mail.outbox]}, sys.stdout)


if __name__ == "__main__":
    main()
