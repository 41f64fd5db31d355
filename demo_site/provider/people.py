"""Who has an account at the demo's own network: one person for each thing that can happen when somebody signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account, and what there is to try with it."""

    id: str
    first_name: str
    last_name: str = ""
    about: str | _StrPromise
    email: str = ""
    is_verified: bool = False
    colours: tuple[str, str, str]
    """Of the background, the clothes and the hair in the picture."""
    has_picture: bool = True
    """Whether sites are told of it."""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


PEOPLE = (
    Person(
        id="nina",
        first_name="Nina",
        last_name="Lind",
        about=_("Has a picture, and an address that this network has verified: she is in at once."),
        email="nina.lind@example.com",
        is_verified=True,
        colours=("#f3c46b", "#2b5d8c", "#5b3a29"),
    ),
    Person(
        id="boris",
        first_name="Борис",
        last_name="Ёлкин",
        about=_("His address is not verified here, so the site has to ask him for a code that it sends by mail."),
        email="boris.yolkin@example.com",
        colours=("#9fc9b5", "#7a3b3b", "#22252b"),
        has_picture=False,
    ),
    Person(
        id="noor",
        first_name="Noor",
        about=_("Keeps the e-mail address to herself: the site has to ask for one."),
        colours=("#c9b3e6", "#3f3a63", "#1d1a22"),
    ),
    Person(
        id="rita",
        first_name="Rita",
        last_name="Raven",
        about=_("Names the address of the demo's admin as hers, and this network vouches for it. Will she become him?"),
        email="admin@example.org",
        is_verified=True,
        colours=("#e8a1a1", "#202020", "#0d0d12"),
        has_picture=False,
    ),
    Person(
        id="mallory",
        first_name="<script>alert(1)</script>",
        last_name="\u202egnp.exe",
        about=_("Has a name that is made to break pages."),
        email="mallory@example.com",
        is_verified=True,
        colours=("#c2d36b", "#4a5a12", "#8a1f1f"),
    ),
)
BY_ID = {person.id: person for person in PEOPLE}
