"""The language in which editors see a version."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url, get_object_structure_url
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from smo_kit.contrib.cms.middleware import language_of_draft
from tests.apps.cms.site import all_contents

OURS = "smo_kit.contrib.cms.middleware.LanguageOfDraft"


@pytest.fixture
def drafts(make_page):
    return all_contents(make_page("News", "en", "ru", text="<p>What it says.</p>", draft=True))


@pytest.fixture
def with_ours(settings):
    place = settings.MIDDLEWARE.index("django.middleware.locale.LocaleMiddleware")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[: place + 1], OURS, *settings.MIDDLEWARE[place + 1 :]]


@pytest.mark.usefixtures("with_ours")
@pytest.mark.parametrize("url_of", [get_object_edit_url, get_object_preview_url])
def test_a_draft_is_shown_in_its_own_language_whatever_the_browser_prefers(client, boss, drafts, url_of):
    client.force_login(boss)
    for draft in drafts:
        for browser in ("en", "ru"):
            answer = client.get(url_of(draft, language="en"), headers={"accept-language": browser})
            assert "What it says." in BeautifulSoup(answer.content, "html.parser").main.text
            assert answer["Content-Language"] == draft.language


@pytest.mark.usefixtures("with_ours")
def test_all_else_speaks_as_before(client, boss):
    client.force_login(boss)
    assert client.get("/admin/", headers={"accept-language": "ru"})["Content-Language"] == "ru"


def test_addresses_of_drafts_and_no_others_have_a_language(drafts, boss):
    assert [language_of_draft(path_of(get_object_structure_url(one, language="en"))) for one in drafts] == ["en", "ru"]
    user_type = ContentType.objects.get_for_model(boss)
    without = [reverse("admin:cms_placeholder_render_object_edit", args=[pk, boss.pk]) for pk in (user_type.pk, 99999)]
    assert [language_of_draft(path) for path in (*without, "/admin/", "/nowhere/", "/")] == [""] * 5


def test_a_draft_that_is_gone_has_none(drafts):
    path = path_of(get_object_edit_url(drafts[1], language="en"))
    assert language_of_draft(path) == "ru"
    drafts[1].delete()
    assert language_of_draft(path) == ""


def path_of(url: str) -> str:
    return url.partition("?")[0]
