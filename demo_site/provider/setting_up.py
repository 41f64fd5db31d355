"""What the demo's own network needs before it can answer: tables, people, and the magazine as its client."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client
from django.contrib.auth.models import User
from django.core.management import call_command

from demo_site.environment import CLIENT, callback
from demo_site.provider import settings
from demo_site.provider.people import PEOPLE, Person


def set_up() -> None:
    """Make what is missing. People are again as they are written down, whatever was done to them."""
    call_command("migrate", interactive=False, verbosity=0)
    for person in PEOPLE:
        _person(person)
    client = Client.objects.get_or_create(id=CLIENT)[0]
    client.name = "Shareworthy"
    client.set_secret(settings.CLIENT_SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([callback(origin) for origin in settings.CLIENT_ORIGINS])
    client.save()


def _person(person: Person) -> None:
    words = {"first_name": person.first_name, "last_name": person.last_name, "password": "!"}
    user = User.objects.update_or_create(username=person.id, defaults=words)[0]
    if person.email:
        address = {"email": person.email, "verified": person.is_verified, "primary": True}
        EmailAddress.objects.update_or_create(user=user, defaults=address)
