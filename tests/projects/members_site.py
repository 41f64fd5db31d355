"""A site whose members come by django-allauth; run as a module it lives through it and prints JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.conf import settings
from django.core import checks, mail
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse

from tests.projects.project import CONTRIB, PROCESSORS


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


urlpatterns = [path("", page)]
PASSWORD = "stone-by-stone"


def configure() -> None:
    settings.configure(
        SECRET_KEY="only-for-tests",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            *CONTRIB,
            "allauth",
            "allauth.account",
            "django_comments",
            "django_comments_xtd",
            "smo_kit.core",
            "smo_kit.networks",
            "smo_kit.engagement",
            "smo_kit.spam",
            "smo_kit.mail",
            "smo_kit.comments",
            "smo_kit.notify",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": PROCESSORS},
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_URL="/static/",
        USE_TZ=True,
        SITE_ID=1,
        LOGIN_REDIRECT_URL="/",
        COMMENTS_APP="django_comments_xtd",
        ACCOUNT_SIGNUP_FIELDS=["username*", "email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="optional",
        ACCOUNT_RATE_LIMITS={},
        **_mail(),
    )
    django.setup()
    urlpatterns.extend([path("smo/", include("smo_kit.urls")), path("accounts/", include("allauth.account.urls"))])


def _mail() -> dict[str, Any]:
    backend = "django.core.mail.backends.locmem.EmailBackend"
    return {"MAILERS": {"default": {"BACKEND": backend}}} if django.VERSION >= (6, 1) else {"EMAIL_BACKEND": backend}


class Member:
    """Somebody who uses the site as a browser does."""

    def __init__(self, name: str) -> None:
        from django.test import Client

        self.name = name
        self.client = Client()
        words = {"username": name, "email": f"{name}@example.org", "password1": PASSWORD}
        self.client.post(reverse("account_signup"), words)

    @property
    def user(self) -> Any:
        from django.contrib.auth import get_user_model

        return get_user_model().objects.get(username=self.name)

    @property
    def row(self) -> Any:
        from smo_kit.notify.models import Subscriber

        return Subscriber.objects.filter(user=self.user).first()

    def verify(self, address: str) -> None:
        """Follow the link of allauth's own mail."""
        from allauth.account.models import EmailAddress, EmailConfirmationHMAC

        key = EmailConfirmationHMAC(EmailAddress.objects.get(user=self.user, email=address)).key
        self.client.post(reverse("account_confirm_email", args=[key]))

    def move(self, address: str) -> None:
        """Make another address, which he has proved to allauth or not, his first one."""
        from allauth.account.models import EmailAddress

        EmailAddress.objects.filter(user=self.user).update(primary=False)
        row, _is_new = EmailAddress.objects.get_or_create(user=self.user, email=address)
        row.set_as_primary()

    def wish(self) -> str:
        """Tick "mail me" and return what became of it."""
        from smo_kit.notify.services import ask

        return ask("", None, language="en", frequency="instant", user=self.user).name

    def is_proved(self) -> bool:
        return self.row is not None and self.row.confirmed_at is not None


def life_of() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    found: dict[str, Any] = {"said": [one.msg for one in checks.run_checks()]}

    ada = Member("ada")
    ada.verify("ada@example.org")
    mail.outbox.clear()
    found["verified"] = {"wish": ada.wish(), "proved": ada.is_proved(), "mails": len(mail.outbox)}

    bob = Member("bob")
    found["not verified"] = {"wish": bob.wish(), "proved": bob.is_proved()}
    bob.verify("bob@example.org")
    found["verified later"] = {"proved": bob.is_proved(), "address": bob.row.address}

    ada.move("ada@elsewhere.example")
    found["moved"] = {"proved": ada.is_proved(), "wish": ada.wish()}
    ada.verify("ada@elsewhere.example")
    found["moved and verified"] = {"proved": ada.is_proved(), "address": ada.row.address}
    ada.move("ada@example.org")
    found["moved back"] = {"proved": ada.is_proved(), "address": ada.row.address}

    eve = Member("eve")
    eve.verify("eve@example.org")
    found["without a wish"] = {"row": eve.row is not None}
    return found


if __name__ == "__main__":
    configure()
    json.dump(life_of(), sys.stdout)
