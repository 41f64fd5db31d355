"""What a provider says of a person: cleaned, cut to what the site needs, and believed as far as it may be."""

from __future__ import annotations

from typing import Any, Final

import regex
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model

from smo_kit.core.members import field_of
from smo_kit.core.text import cut, one_line, plain
from smo_kit.login.defaults import login_of

NO_ID: Final = {"", "None", "null", "undefined"}
"""What becomes of an id that a provider has not given."""
NAMES: Final = ("username", "first_name", "last_name", "name")
NAME_LENGTH: Final = 60
"""Letters of a name, as readers count them."""
VALUE_LENGTH: Final = 1000
"""Letters of anything else that is kept: addresses of pictures are long."""
DEPTH: Final = 5
MOST: Final = 20
"""Things of a list that are looked at."""

_SEEN: Final = regex.compile(r"[^\p{Default_Ignorable_Code_Point}\s]")
_LEFT_OUT: Final = dict.fromkeys(map(ord, "<>\u200b\u200e\u200f\u061c\u2060\ufeff"))
"""Tags that entities of HTML have hidden, and what nobody sees and would set two names apart."""
_PILE: Final = regex.compile(r"(\p{M}{4})\p{M}+")
_KEPT: Final = regex.compile(
    r"(?i)(?:user_?|open_?|union_?)?id|uid|sub|login|nick(?:name)?|user_?name|screen_name|preferred_username|handle"
    r"|(?:display|global|real|full|first|last|given|family|middle)?_?name|surname|discriminator"
    r"|(?:is_)?(?:e?mail_)?verified(?:_e?mail)?"
    r"|(?:has_|is_)?(?:default_|profile_)?(?:pic|pict|picture|photo|avatar|image|icon|logo)[a-z0-9_]*(?:url|uri|img)?"
    r"|url|uri|link|html_url|profile|profile_(?:url|deep_link)|permalink(?:_url)?"
    r"|locale|lang|language"
)
"""Keys whose values are kept: who he is there, what he is called, his picture, his page, his language."""
_WRAPPERS: Final = frozenset({"userinfo", "id_token", "data", "user", "response", "attributes", "account"})
"""Keys of what the others stand in."""
_SECRET: Final = regex.compile(r"(?i)token|secret|password|(?:^|_)code$")
_TRUE: Final = (True, "true", "True")
"""How providers write that an address is proved; some send every value as text."""
_NOTHING: Final[tuple[object, ...]] = (None, "", {}, [])
_BELIEVED: Final = ("verified", "sometimes")


def tidy_names(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a person with names that can stand in a page: one line, no HTML, not too long."""
    return data | {field: name_of(data.get(field), field) for field in NAMES}


def name_of(value: object, field: str) -> str:
    """Return what of a provider's value can be a name; "" for what nobody would see."""
    return cut(visible(value), NAME_LENGTH, room=_room(field)) if isinstance(value, str) else ""


def visible(name: str) -> str:
    """Return a name as readers see it: no HTML, no tower of accents; "" if nothing of it is seen."""
    seen = one_line(_PILE.sub(r"\1", plain(name).translate(_LEFT_OUT)))
    return seen if _SEEN.search(seen) else ""


def check(account: Any) -> None:
    """Raise ValueError for an answer that is nobody's: without an id, or two people's in one.

    Some databases take two ids for one: MariaDB does not tell capitals and accents apart.
    """
    if not account.uid.isprintable() or account.uid.strip() in NO_ID:
        raise ValueError(f"{account.uid!r} is no id of a person.")
    known = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).values_list("uid", flat=True)
    if any(uid != account.uid for uid in known):
        raise ValueError("The database takes this id for another person's.")
    parts = [account.extra_data.get(name) for name in ("userinfo", "id_token")]
    people = {part["sub"] for part in parts if isinstance(part, dict) and "sub" in part}
    if len(people) > 1:  # OpenID Connect Core 1.0, 5.3.2
        raise ValueError("The token and the answer about the person have different subjects.")


def needed(extra: Any) -> dict[str, Any]:
    """Return what of a provider's answer is kept. Addresses, phones, birthdays, friends and tokens are not."""
    kept = _needed(extra, DEPTH)
    return kept if isinstance(kept, dict) else {}


def doubt(sociallogin: Any) -> None:
    """Believe that an address is proved only where the network's record, or the site's own application, says so.

    ``"verified_email"`` in the settings of an application decides alone: False believes nothing, True everything, a
    list of domains these (django-allauth has marked them before).
    """
    provider = sociallogin.provider
    said = provider.app.settings.get("verified_email") if provider.app else None
    is_trusted = bool(said) if said is not None else _gives_proved(provider)
    for address in sociallogin.email_addresses:
        address.verified = is_trusted and address.verified in _TRUE


def _gives_proved(provider: Any) -> bool:
    if not provider.uses_apps:  # a provider for trying out: it is asked what to say
        return True
    login = login_of(provider.sub_id, provider.id)
    return login is not None and login.gives_email in _BELIEVED


def _needed(thing: Any, depth: int) -> Any:
    if isinstance(thing, dict) and depth:
        kept = {key: _needed(value, depth - 1) for key, value in thing.items() if _is_needed(key)}
        return {key: value for key, value in kept.items() if value not in _NOTHING}
    if isinstance(thing, list) and depth:
        return [one for one in (_needed(value, depth - 1) for value in thing[:MOST]) if one not in _NOTHING]
    if isinstance(thing, str):
        text = one_line(thing)
        return text if len(text) <= VALUE_LENGTH else None
    return thing if isinstance(thing, (bool, int, float)) else None


def _is_needed(key: Any) -> bool:
    if not isinstance(key, str) or _SECRET.search(key):
        return False
    return key in _WRAPPERS or _KEPT.fullmatch(key) is not None


def _room(field: str) -> int | None:
    """Return how many code points the column of a field takes; a name that is still whole goes into two."""
    return getattr(field_of(get_user_model(), field), "max_length", None)
