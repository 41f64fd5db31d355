"""WhatsApp. The link comes first: behind other text its preview often has no picture."""

import datetime as dt

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

WHATSAPP = Network(
    id="whatsapp",
    name="WhatsApp",
    colour="#118477",  # brand #128c7e; the light green #25d366 can't carry white text
    hosts=("whatsapp.com", "whatsapp.net", "wa.me"),
    # Not wa.me: without a phone number it is documented nowhere (2026-11). Link first: Shariff Wrapper 4.6.4.
    share=ShareLink("https://api.whatsapp.com/send", {"text": "{url} {text}"}),
    follow=Follow(
        "https://whatsapp.com/channel/{handle}", handle=r"(?a)[\w-]{10,64}", example="0029VaAbCdEfGhIjKlMnOp1q"
    ),
    # The bare "WhatsApp/2" is Signal and others that borrow the name: they leave out the rest of the version.
    crawler=Crawler(agents=(r"^whatsapp/\d+\.\d+",), from_device=True),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="getlinkpeek.com (600 kB of picture), opengraphplus.com/consumers/whatsapp/tags (no title: no preview; "
        "60 to 81 letters of title, 65 to 81 of description); 300 kB of HTML, 4:1 at the widest: unverified",
        layout="bubble",
        agent="WhatsApp/2.23.20.0 A",
        reads=300_000,
        title=("og:title", "<title>"),
        needs=("og:title", "<title>"),
        title_cut=Cut(letters=81, lines=2, columns=38),
        description=("og:description", "description"),
        description_cut=Cut(letters=81, lines=2, columns=40),
        picture=("og:image",),
        pictures=PictureRules(
            smallest=(100, 100), large=(300, 157), weight=600_000, formats=("JPEG", "PNG", "WEBP"), widest=4.0
        ),
        light=Colours("#efeae2", "#d9fdd3", "#cbf0c4", "#111b21", "#4f6069", "#bfe8b8", "#00678f"),
        dark=Colours("#0b141a", "#144d37", "#103d2d", "#e9edef", "#a5b9b0", "#1d5e45", "#53bdeb"),
    ),
)
