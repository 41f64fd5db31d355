"""LinkedIn. It reads only the address; the older ``shareArticle`` with a title is on its way out."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

LINKEDIN = Network(
    id="linkedin",
    name="LinkedIn",
    colour="#0a66c2",
    hosts=("linkedin.com", "lnkd.in"),
    share=ShareLink("https://www.linkedin.com/sharing/share-offsite/", {"url": "{url}"}),
    follow=Follow(
        "https://www.linkedin.com/{handle}/",
        handle=r"(?a)(?:company|showcase|school|in)/\w[\w-]{1,99}",
        example="company/shareworthy",
    ),
    # No login: allauth's linkedin_oauth2 asks api.linkedin.com/v2/me, which new applications may not call;
    # theirs is OpenID Connect, configured by the site (allauth 65.21).
    crawler=Crawler(agents=("linkedinbot",), rdns=(".linkedin.com",)),  # rdns unverified, 2026-11
)
