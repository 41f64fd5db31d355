"""What the audit sees of the site's accounts."""

from __future__ import annotations

import pytest

from smo_kit.core.audit import ReadSite
from smo_kit.follow.models import Account
from tests.apps.core.audited import ask

pytestmark = pytest.mark.django_db


def test_no_account_is_an_error_with_the_place_to_add_one():
    (found,) = ask("accounts.there", ReadSite())
    assert (found.severity, found.where.url) == ("error", "/admin/smo_follow/account/")
    assert ask("accounts.alive", ReadSite()) is None


def test_a_feed_alone_is_no_account():
    Account.objects.create(network="rss", handle="/feed/")
    assert ask("accounts.there", ReadSite())


def test_living_accounts():
    Account.objects.create(network="vk", handle="site")
    assert ask("accounts.there", ReadSite()) == ask("accounts.alive", ReadSite()) == []


def test_an_account_in_a_dead_network_leads_to_its_form():
    account = Account.objects.create(network="googleplus", handle="site")
    (found,) = ask("accounts.alive", ReadSite())
    assert "Google+ has ended" in found.text
    assert found.where.url == f"/admin/smo_follow/account/{account.pk}/change/"
