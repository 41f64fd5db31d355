"""What a member is called, whatever the site's model of accounts has of him."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smo_kit.comments.drafts import NAME_LENGTH
from smo_kit.comments.drafts import name_of as name_under_comments
from smo_kit.core.members import disc_of, email_of, name_of


def user(username="ada", full=None, **fields):
    more = {} if full is None else {"get_full_name": lambda: full}
    return SimpleNamespace(pk=1, get_username=lambda: username, **more, **fields)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (user(), "ada"),
        (user(full="Ada King"), "Ada King"),
        (user(full=""), "ada"),
        (user(full="ada@example.org", name="Ada"), "Ada"),
        (user("ada@example.org"), "Member"),
        (user("ada@example.org", full="Ada (ada@example.org)"), "Member"),
        (user("ada@localhost", display_name="Countess"), "Countess"),
        (user("@ada"), "@ada"),
        (user("", name=None), "Member"),
    ],
    ids=["bare model", "full", "no full", "own field", "address", "address in it", "display", "handle", "nothing"],
)
def test_a_member_has_a_name_that_is_no_address(who, name):
    assert name_of(who) == name_under_comments(who) == name
    assert disc_of(who).initial == name.strip("@")[0].upper()


def test_under_comments_it_is_not_too_long():
    assert len(name_under_comments(user(full="A" * 99))) == NAME_LENGTH


def test_the_address_of_an_account_is_in_its_own_field():
    assert email_of(user(get_email_field_name=lambda: "mailbox", mailbox="ada@example.org")) == "ada@example.org"
    assert email_of(user(get_email_field_name=lambda: "email")) == ""
