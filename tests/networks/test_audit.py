"""What the audit sees of networks on a page."""

from __future__ import annotations

import pytest

from smo_kit.networks.registry import network, networks_that_can
from tests.apps.core.audited import article, ask, page

pytestmark = pytest.mark.django_db
VALUES = {"url": "https://site.example/", "title": "Title", "text": "Text"}


def shares(*ids):
    return "".join(f'<a href="{network(one).share.href(VALUES)}">x</a>' for one in ids)


def test_our_buttons_and_a_sites_own_are_share_buttons():
    assert ask("buttons.there", article('<div class="smo-pass"></div>')) == []
    assert ask("buttons.there", article(shares("vk", "telegram"))) == []


def test_one_button_is_few_and_none_is_an_error():
    assert [one.severity for one in ask("buttons.there", article(shares("vk")))] == ["warning"]
    assert [one.severity for one in ask("buttons.there", article(""))] == ["error"]


def test_a_list_needs_no_buttons():
    assert ask("buttons.there", page("x", kind="website")) is None


def test_accounts_by_our_tag_by_rel_me_and_by_a_link():
    account = network("telegram").follow.url("durov")
    for html in (
        '<div class="smo-accounts"></div>',
        '<a rel="me noopener" href="https://social.example/@a">x</a>',
        f'<footer><a href="{account}">x</a></footer>',
    ):
        assert ask("accounts.shown", article(f"</main>{html}")) == []


@pytest.mark.parametrize(
    "html", ["", shares("vk", "telegram"), '<a href="https://vk.com/">x</a>', '<a href="http://[">']
)
def test_what_is_no_account(html):
    assert ask("accounts.shown", article(f"</main><footer>{html}</footer>"))


@pytest.mark.parametrize("one", networks_that_can("share"), ids=lambda one: one.id)
def test_every_networks_own_link_is_no_account(one):
    href = one.share.href(VALUES, instance="mas.to" if one.share.needs_instance else "")
    found = ask("accounts.shown", article(f'</main><footer><a href="{href}">x</a></footer>'))
    assert found or one.share.needs_instance


@pytest.mark.parametrize(
    "html",
    [
        '<script src="//s7.addthis.com/js/300/addthis_widget.js"></script>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '</main><footer><a href="https://plus.google.com/+site">G+</a></footer>',
    ],
)
def test_what_is_left_of_a_dead_network(html):
    (found,) = ask("state.parts", article(html))
    assert "has ended" in found.text


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<p><a href="https://plus.google.com/+old">a quotation of the year 2012</a></p>',
        '</main><a href="https://www.facebook.com/sharer/sharer.php?u=x">x</a><script src="http://["></script>',
        '<script src="/own.js"></script><iframe src="https://www.youtube.com/embed/x"></iframe>',
    ],
)
def test_what_lives_or_is_only_told_of(html):
    assert ask("state.parts", article(html)) == []
