"""E-mail: a draft in the reader's own program. Spaces are %20, line breaks %0D%0A (RFC 6068)."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Network, ShareLink

EMAIL = Network(
    id="email",
    name=_("E-mail"),
    share=ShareLink("mailto:", {"subject": "{title}", "body": "{text}\n\n{url}"}),
)
