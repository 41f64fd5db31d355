"""YouTube, to be followed: handles may be written in any script."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Follow, Network, Widget

_LEARNS = _("your IP address, your browser and which site you are on; it sets cookies when you press play")
_ALLOW = "encrypted-media; fullscreen; picture-in-picture"
_REFERRER = "strict-origin"
"""Without it the player refuses (error 153, developers.google.com/youtube/terms/required-minimum-functionality)."""

YOUTUBE = Network(
    id="youtube",
    name="YouTube",
    colour="#e60000",  # brand #ff0000
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    follow=Follow("https://www.youtube.com/@{handle}", handle=r"\w[\w.·-]{1,28}\w", example="shareworthy"),
    widgets=(
        Widget(
            what="video",
            pattern=(
                r"(?a)(?:(?:m\.|music\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|live/|shorts/|embed/)|youtu\.be/)"
                r"(?P<id>[\w-]{11})(?:[?&#/].*)?"
            ),
            frame="https://www.youtube-nocookie.com/embed/{id}",
            example="https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            learns=_LEARNS,
            allow=_ALLOW,
            referrer=_REFERRER,
        ),
        Widget(
            what="channel",  # its newest videos: the list of uploads bears the channel's own number
            pattern=r"(?a)(?:m\.)?youtube\.com/channel/UC(?P<id>[\w-]{22})/?",
            frame="https://www.youtube-nocookie.com/embed/videoseries?list=UU{id}",
            example="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            learns=_LEARNS,
            allow=_ALLOW,
            referrer=_REFERRER,
        ),
    ),
)
