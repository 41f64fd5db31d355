"""A site in a process of its own: ``python project.py '{"apps": […], …}'`` prints what became of it as JSON.

In a process of its own because what is installed can't be changed in one that has started.
"""

from __future__ import annotations

import json
import shutil
import sys
from io import StringIO
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.urls import include, path

from tests.tables import make_tables

CONTRIB = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
]
MACHINES = {"smo_kit.W104"}
"""What is said of a machine, not of a site: libfribidi0 is not there."""
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

LOGIN = {
    "AUTHENTICATION_BACKENDS": [
        "django.contrib.auth.backends.ModelBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "ACCOUNT_ADAPTER": "smo_kit.login.adapters.AccountAdapter",
    "SOCIALACCOUNT_ADAPTER": "smo_kit.login.adapters.SocialAdapter",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "username*", "password1*"],
}
"""What sign-in has a site add."""


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


urlpatterns = [path("page/", page)]


def configure(wish: dict[str, Any], media: str) -> None:
    without = set(wish.get("without", ()))
    has_login = "smo_kit.login" in wish["apps"]
    first = ["smo_kit.login"] if has_login else []
    settings.configure(
        SECRET_KEY="only-for-tests",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[app for app in dict.fromkeys([*CONTRIB, *first, *wish["apps"]]) if app not in without],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *(["allauth.account.middleware.AccountMiddleware"] if "allauth.account" in wish["apps"] else []),
            *(["smo_kit.login.middleware.ProviderFaults"] if has_login else []),
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": wish.get("database", ":memory:")}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": [one for one in PROCESSORS if one not in without]},
            }
        ],
        STATIC_URL="/static/",
        MEDIA_ROOT=media,
        USE_TZ=True,
        SMO_KIT=wish.get("smo_kit", {}),
        **({"SITE_ID": 1} if "django.contrib.sites" not in without else {}),
        **(LOGIN if has_login else {}),
        **({"COMMENTS_APP": "django_comments_xtd"} if "smo_kit.comments" in wish["apps"] else {}),
    )
    django.setup()
    urlpatterns.append(path("smo/", include("smo_kit.urls")))


def render(tag: str) -> str:
    """Return what a tag prints on a page of a registered card, or the error that its template raises."""
    from smo_kit.core.cards import Card

    card = Card(url="/page/", title="A page <of> ours", summary="What it says", language="en")
    try:
        template = engines["django"].from_string(f"{{% load smo %}}{{% {tag} %}}")
    except TemplateSyntaxError as error:
        return f"TemplateSyntaxError: {error}"
    return template.render({"card": card, "object": None}, RequestFactory().get("/page/"))


def drop_tables(database: str, copy: str, labels: list[str]) -> None:
    """Make a copy of the database in which these apps, by their labels, have no tables any more."""
    connection.close()
    shutil.copyfile(database, copy)
    connection.settings_dict["NAME"] = copy
    for label in labels:
        call_command("migrate", label, "zero", verbosity=0)


def go_on() -> None:
    """Do what a site does every day, with the tables that it has."""
    from smo_kit.core.sweeps import all_sweeps

    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("smo_sync", json=True, stdout=(told := StringIO()))
    assert json.loads(told.getvalue())["swept"].keys() == all_sweeps().keys()  # one that fails is only logged
    users = get_user_model()._default_manager
    users.create_user("ada", "ada@example.org")
    users.all().delete()


def main(wish: dict[str, Any]) -> dict[str, Any]:
    with TemporaryDirectory(prefix="smo-kit-") as media:
        return life_of(wish, media)


def life_of(wish: dict[str, Any], media: str) -> dict[str, Any]:
    configure(wish, media)
    messages = [one for one in checks.run_checks() if one.id not in MACHINES]
    if wish.get("migrate", True):
        call_command("migrate", verbosity=0)
    if wish.get("tables"):
        make_tables()
    for copy, labels in wish.get("without_tables", {}).items():
        drop_tables(wish["database"], copy, labels)
    if wish.get("goes_on"):
        go_on()
    return {
        "checks": sorted({str(one.id) for one in messages}),
        "said": [f"{one.msg} {one.hint}" for one in messages],
        "pages": {tag: render(tag) for tag in wish.get("tags", ())},
    }


if __name__ == "__main__":
    json.dump(main(json.loads(sys.argv[1])), sys.stdout)
