"""An article in its parts: quotes to share and windows where the author wrote plain Markdown."""

from __future__ import annotations

import pytest

from demo_site.articles.templatetags.articles import pieces
from demo_site.articles.texts import to_html


def kinds(text: str) -> list[str]:
    return [piece.kind for piece in pieces(to_html(text))]


def test_a_quotation_becomes_a_quote_with_its_author():
    before, quote, after = pieces(to_html("Before\n\n> Words & more\n>\n> — Ada\n\nAfter"))
    assert (before.kind, quote.kind, after.kind) == ("html", "quote", "html")
    assert (quote.html.strip(), quote.author) == ("<p>Words &amp; more</p>", "Ada")


def test_a_link_that_stands_alone_becomes_a_widget_where_its_network_has_one():
    (widget,) = pieces(to_html("[A “film”](https://www.youtube.com/watch?a=1&v=aqz-KE-bpKQ)"))
    assert (widget.kind, widget.title) == ("widget", "A “film”")
    assert widget.address == "https://www.youtube.com/watch?a=1&v=aqz-KE-bpKQ"


@pytest.mark.parametrize(
    "text",
    [
        "[Elsewhere](https://example.org/)",
        "See [a film](https://youtu.be/aqz-KE-bpKQ)",
        "`<blockquote>no</blockquote>`",
        '```\n<p><a href="https://youtu.be/aqz-KE-bpKQ">x</a></p>\n```',
        "",
    ],
)
def test_all_else_stays_as_it_is(text):
    assert set(kinds(text)) <= {"html"}
    assert "".join(piece.html for piece in pieces(to_html(text))) == to_html(text)


def test_a_quotation_in_a_quotation_loses_nothing():
    html = to_html("> outer\n>\n> > inner\n>\n> end")
    parts = [f"<blockquote>{one.html}</blockquote>" if one.kind == "quote" else one.html for one in pieces(html)]
    assert "".join(parts) == html
