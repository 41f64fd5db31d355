"""Who came by a personal link: the robot of a network, or a person."""

from __future__ import annotations

from django.http import HttpRequest

from smo_kit.share.models import PersonalLink


def see(link: PersonalLink, request: HttpRequest) -> None:
    """Take note of a GET of a personal link; what it proves is found out later, outside of the request."""
