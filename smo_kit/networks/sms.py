"""SMS (RFC 5724), where there is a phone to send it."""

from smo_kit.networks.network import Network, ShareLink

SMS = Network(
    id="sms",
    name="SMS",
    colour="#2e7d32",
    share=ShareLink("sms:", {"body": "{text} {url}"}),  # before iOS 8 it was "sms:&body=" (unverified, 2026-11)
    phone_only=True,
)
