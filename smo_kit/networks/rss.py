"""RSS: the handle is a feed's path on this site, with ``{language}`` if each language has one, or a whole URL."""

from smo_kit.networks.network import HOST_NAME, Follow, Network

PATH = r"/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@%/?-]|\{language\})*"
"""RFC 3986 without what browsers would read as another host: ``//`` at the start, or a backslash."""

RSS = Network(
    id="rss",
    name="RSS",
    colour="#c94a0a",  # brand #f26522
    follow=Follow("{handle}", handle=rf"(?:https?://{HOST_NAME}(?::\d{{1,5}})?)?{PATH}", example="/feed/"),
)
