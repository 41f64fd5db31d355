"""YouTube, to be followed: handles may be written in any script."""

from smo_kit.networks.network import Follow, Network

YOUTUBE = Network(
    id="youtube",
    name="YouTube",
    colour="#e60000",  # brand #ff0000
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    follow=Follow("https://www.youtube.com/@{handle}", handle=r"\w[\w.·-]{1,28}\w", example="shareworthy"),
)
