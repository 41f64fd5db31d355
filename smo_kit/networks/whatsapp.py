"""WhatsApp. The link comes first: behind other text its preview often has no picture."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

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
)
