"""Hacker News. The title is the page's own: its guidelines ask not to editorialize."""

from smo_kit.networks.network import Network, ShareLink

HACKERNEWS = Network(
    id="hackernews",
    name="Hacker News",
    colour="#c85000",  # brand #ff6600
    hosts=("news.ycombinator.com",),
    share=ShareLink("https://news.ycombinator.com/submitlink", {"u": "{url}", "t": "{title}"}),
)
