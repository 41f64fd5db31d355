"""LiveJournal. The text of a post is HTML, so what is put into it is escaped first."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Follow, Network, ShareLink

LIVEJOURNAL = Network(
    id="livejournal",
    name=_("LiveJournal"),
    colour="#007fa9",  # brand #00b0ea
    hosts=("livejournal.com", "livejournal.net"),
    share=ShareLink(
        "https://www.livejournal.com/update.bml",
        {"subject": "{title}", "event": '<a href="{url:html}">{text:html}</a>'},
    ),
    # An underscore in a name is a hyphen in its address.
    follow=Follow(
        "https://{handle}.livejournal.com/",
        handle=r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,13}[A-Za-z0-9])?",
        example="shareworthy",
    ),
)
