"""Threads. Its previews come from Facebook's crawler, so they count as Facebook's."""

from smo_kit.networks.facebook import META_REWARDS
from smo_kit.networks.network import Follow, Network, ShareLink

THREADS = Network(
    id="threads",
    name="Threads",
    colour="#000000",
    hosts=("threads.com", "threads.net"),
    # developers.facebook.com/documentation/threads/threads-web-intents (2026-03)
    share=ShareLink("https://www.threads.com/intent/post", {"text": "{text}", "url": "{url}"}, limit=500),
    follow=Follow("https://www.threads.com/@{handle}", handle=r"(?a)\w[\w.]{0,29}", example="shareworthy"),
    reward_policy=META_REWARDS,
)
