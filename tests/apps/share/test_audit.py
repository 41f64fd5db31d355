"""What the audit sees of the share buttons' settings."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from smo_kit.core.audit import ReadSite
from smo_kit.lock.models import Lock
from smo_kit.share import ways_out
from tests.apps.core.audited import ask
from tests.apps.share import robots_site
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def test_living_networks(settings):
    settings.SMO_KIT = {"SHARE": {"networks": ["vk", "copy"]}}
    assert ask("buttons.alive", ReadSite()) == []


def test_a_dead_network_is_named_with_the_place_of_the_setting(settings):
    settings.SMO_KIT = {"SHARE": {"networks": ["vk", "googleplus"]}}
    (found,) = ask("buttons.alive", ReadSite())
    assert "Google+ has ended" in found.text
    assert found.where.url == "/admin/smo_core/settings/share/"


class TestRobots:
    @pytest.fixture(autouse=True)
    def site(self, settings, monkeypatch):
        settings.SMO_KIT = {"SHARE": {"personal": True}, "CORE": {"base_url": "https://site.example"}}
        settings.ROOT_URLCONF = "tests.apps.share.robots_site"
        monkeypatch.setattr("smo_kit.share.audit.out_start", lambda: "/smo/out/")
        monkeypatch.setattr(robots_site, "RULES", [])

    def test_a_robots_txt_that_lets_them_follow_personal_links(self):
        robots_site.RULES[:] = ["User-agent: *", "Disallow: /admin/"]
        (found,) = ask("buttons.out", ReadSite())
        assert "lets robots follow the share buttons" in found.text
        assert "Disallow: /smo/out/" in found.cure
        assert (found.severity, found.where.text) == ("warning", "robots.txt")

    @pytest.mark.parametrize("line", ["Disallow: /smo/out/", "Disallow: /smo/", "Disallow: /"])
    def test_one_that_does_not(self, line):
        robots_site.RULES[:] = ["User-agent: *", line]
        assert ask("buttons.out", ReadSite()) == []

    def test_none_may_be_a_web_servers(self):
        (found,) = ask("buttons.out", ReadSite())
        assert found.severity == "info"

    def test_one_that_breaks_is_not_known(self, monkeypatch):
        def fail(*args: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("smo_kit.share.audit.read", fail)
        (found,) = ask("buttons.out", ReadSite())
        assert found.severity == "info"

    def test_other_buttons_may_lead_there_without_personal_links_of_the_usual_ones(self, settings, monkeypatch):
        settings.SMO_KIT = {"SHARE": {"personal": False}}
        robots_site.RULES[:] = ["User-agent: *", "Disallow:"]
        monkeypatch.setattr(ways_out, "_others", {})
        ways_out.leads_out("quiz", lambda: False)
        assert ask("buttons.out", ReadSite()) is None
        ways_out.leads_out("lock", lambda: True)
        assert len(ask("buttons.out", ReadSite())) == 1

    def test_a_lock_that_is_closed_leads_there(self, settings):
        settings.SMO_KIT = {"SHARE": {"personal": False}}
        lock = Lock.objects.create(content_type=ContentType.objects.get_for_model(Post), object_pk="1", name="gift")
        assert ways_out.is_led_out()
        Lock.objects.filter(pk=lock.pk).update(is_on=False)
        assert not ways_out.is_led_out()

    def test_without_personal_links_it_does_not_matter(self, settings):
        settings.SMO_KIT = {"SHARE": {"personal": False}}
        assert ask("buttons.out", ReadSite()) is None

    def test_nor_where_they_have_no_address(self, monkeypatch):
        monkeypatch.setattr("smo_kit.share.audit.out_start", lambda: "")
        assert ask("buttons.out", ReadSite()) is None
