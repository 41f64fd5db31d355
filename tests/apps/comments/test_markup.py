"""Links in a comment: none leads elsewhere without being seen to."""

from __future__ import annotations

import re

import pytest

from smo_kit.comments.markup import to_html
from smo_kit.spam.reading import read


@pytest.mark.parametrize(
    "link",
    [
        "[x](//evil.example)",
        "[x](///evil.example)",
        r"[x](\/\/evil.example)",
        "[x](/&#47;evil.example)",
        "[x](https:evil.example)",
        "[x](http:/evil.example)",
        "[x](<//evil.example>)",
        "<http:evil.example>",
    ],
)
def test_an_address_without_its_beginning_is_no_link(link):
    assert "<a" not in to_html(link)


@pytest.mark.parametrize("link", ["[x](/about/)", "[x](?page=2)", "[x](#c5)", "[x](https://example.org/a:b)"])
def test_paths_and_whole_addresses_are_links(link):
    assert "<a href=" in to_html(link)


@pytest.mark.parametrize(
    "link",
    [
        "<https://evil.fun>",
        "[x](https://evil.fun)",
        r"[x](https:\/\/evil.fun)",
        "[x](<https://evil.fun>)",
        "[x](&#104;ttps://evil.fun)",
        "HTTPS://evil.fun",
    ],
)
def test_what_readers_can_press_is_counted(link):
    hrefs = re.findall('href="(?i:https?:)//([^"]+)', to_html(link))
    assert hrefs == ["evil.fun"]
    assert len(read(link).links) == 1
