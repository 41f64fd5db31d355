"""MAX, the messenger that came with new Russian phones in 2025; text and link travel in one parameter."""

from smo_kit.networks.network import Follow, Network, ShareLink

MAX = Network(
    id="max",
    name="MAX",
    colour="#6a4dff",  # its mark is a gradient from blue to violet: this is the middle
    hosts=("max.ru",),
    share=ShareLink("https://max.ru/:share", {"text": "{text} {url}"}),  # dev.max.ru/docs/webapps/introduction, 2026-09
    follow=Follow("https://max.ru/{handle}", handle=r"(?a)(?:join/|u/)?\w[\w-]{2,99}", example="shareworthy"),
    # No User-Agent of its previews is known (2026-11): a share to MAX can't be proved by a crawler yet.
)
