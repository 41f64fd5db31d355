"""Every block can be put on a page and changed there, in the windows of the CMS."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from cms.models import CMSPlugin
from django.urls import reverse

from smo_kit.contrib.cms.cms_plugins import plugin_name
from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.core.blocks import all_blocks
from smo_kit.core.options import field_name
from tests.apps.cms.site import all_contents

BLOCKS = list(all_blocks().values())
every_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda one: one.name)
pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(make_page, client, boss):
    client.force_login(boss)
    (content,) = all_contents(make_page("News", text="<p>Words</p>", draft=True))
    return content.get_placeholders().get(slot="content")


def window(slot, block) -> str:
    asked = {"placeholder_id": slot.pk, "plugin_type": plugin_name(block), "cms_path": "/en/news/"}
    asked |= {"plugin_language": "en", "plugin_position": 2}
    return f"{reverse('admin:cms_placeholder_add_plugin')}?{urlencode(asked)}"


def typed(page: bytes) -> dict[str, str]:
    """Return what a form sends that nobody changes but for its long texts."""
    form = BeautifulSoup(page, "html.parser").select_one("form[method=post]")
    data = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=checkbox], [type=radio])")}
    data |= {one["name"]: (one.select_one("option[selected]") or {}).get("value", "") for one in form.select("select")}
    return data | {one["name"]: one.text.strip() or "Words" for one in form.select("textarea[name]")}


@every_block
def test_an_editor_adds_a_block_and_changes_it(block, slot, client):
    add = window(slot, block)
    shown = client.get(add)
    assert shown.status_code == 200
    data = typed(shown.content)
    assert client.post(add, data).status_code in {200, 302}
    plugin = BlockPlugin.objects.get(plugin_type=plugin_name(block))
    change = reverse("admin:cms_placeholder_edit_plugin", args=[plugin.pk]) + "?cms_path=/en/news/"
    again = client.get(change)
    assert again.status_code == 200
    number = "limit" if "limit" in block.names else ""
    changed = typed(again.content) | ({field_name(number): "3"} if number else {})
    assert client.post(change, changed).status_code in {200, 302}
    plugin.refresh_from_db()
    assert plugin.options.get("limit") == (3 if number else None)


def test_the_language_of_a_block_is_not_that_of_its_plugin(slot, client):
    add = window(slot, all_blocks()["best"])
    client.post(add, typed(client.get(add).content) | {field_name("language"): "*"})
    plugin = BlockPlugin.objects.get()
    assert plugin.options == {"language": "*"}
    assert plugin.language == "en"


@every_block
def test_no_option_has_the_name_of_a_column(block):
    columns = {one.name for one in CMSPlugin._meta.get_fields()}
    assert not {field_name(name) for name in (*block.names, block.body)} & columns
