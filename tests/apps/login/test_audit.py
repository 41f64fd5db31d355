"""What the audit sees of signing in."""

from __future__ import annotations

import pytest
from django.utils import translation

from smo_kit.core.audit import ReadSite
from smo_kit.core.sayings import packed, spoken
from smo_kit.login.audit import OFTEN
from smo_kit.login.faults import Fault
from smo_kit.login.health import failed, succeeded
from tests.apps.core.audited import ask
from tests.apps.login.owner import PROVIDERS, way

pytestmark = pytest.mark.django_db
RULE = "entry.works"


def fail(app: str) -> None:
    for _ in range(OFTEN):
        failed(app, Fault.DOWN)


def test_a_site_without_networks_to_sign_in_with_is_not_asked():
    assert ask(RULE, ReadSite()) is None


def test_a_way_that_fails_and_fails_leads_to_its_page(settings):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS
    failed("github", Fault.DOWN)
    fail("vk")
    assert ask(RULE, ReadSite()) == []
    fail("github")
    (found,) = ask(RULE, ReadSite())
    assert (found.severity, found.where.url) == ("error", way("github"))
    assert found.text == "Signing in by GitHub has failed 4 times in a row."
    succeeded("github")
    assert ask(RULE, ReadSite()) == []


def test_it_is_said_again_in_another_language(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"odnoklassniki": {"APPS": [{"client_id": "1", "secret": "1"}]}}
    fail("odnoklassniki")
    (found,) = ask(RULE, ReadSite())
    with translation.override("ru"):
        assert "Одноклассники" in spoken(packed(found.text))
