"""Facebook. It reads nothing but the address: title and picture come from the page's Open Graph tags."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.policies import RewardPolicy
from smo_kit.networks.previews import Colours, Cut, PictureRules, PreviewRules

META_REWARDS = RewardPolicy(
    verdict="forbidden",
    reason=_(
        "Meta forbids rewards for using its social plugins, and names the very case: “Share this link on Facebook to "
        "watch the full video”. What friends then do of their own will may be rewarded."
    ),
    as_of=dt.date(2026, 11, 26),
    source="Facebook's platform policy since 2014-11-05 (“You must not incentivize people to use social plugins … "
    "includes offering rewards, or gating”), as quoted by loeb.com, mondaq.com; that it holds of the company's other "
    "networks too is unverified",
)
"""Of all networks of the company."""

FACEBOOK = Network(
    id="facebook",
    name="Facebook",
    colour="#0866ff",
    hosts=("facebook.com", "fb.com", "fb.me", "fb.watch", "fb.gg"),
    share=ShareLink("https://www.facebook.com/sharer/sharer.php", {"u": "{url}"}),
    follow=Follow(
        "https://www.facebook.com/{handle}",
        handle=r"(?a)profile\.php\?id=\d{1,20}|(?:groups/)?(?!profile\.php)\w[\w.-]{1,79}",
        example="shareworthy",
    ),
    login=Login(
        provider="facebook",
        console="https://developers.facebook.com/apps/",
        as_of=dt.date(2026, 11, 26),
        source="developers.facebook.com/docs/facebook-login/security (https); what going live needs is unverified",
        labels={"client_id": _("App ID"), "secret": _("App secret")},
        gives_email="unverified",
        needs_https=True,
        notes=(
            _("Put the application live: it needs addresses of a privacy policy and of how to have data deleted."),
            _("Add the permission “email”, or readers come without an address; some accounts have none anyway."),
        ),
    ),
    crawler=Crawler(
        # The whole string, because KakaoTalk, LINE, Naver, iMessage and many more put its name into theirs
        # (pastebin.com/MHLPZCNY). Meta's other robots (meta-externalagent, facebookcatalog, …) fetch without a share.
        agents=(
            r"^(?:facebookexternalhit|meta-externalhit)/[\d.]+"
            r"(?: ?\([+ ]?https?://(?:www\.facebook\.com/externalhit_uatext\.php"
            r"|developers\.facebook\.com/docs/sharing/(?:webmasters/)?(?:web-)?crawlers?)\))?;?$",
            r"^facebot(?:/[\d.]+)?$",
        ),
        rdns=(".facebook.com", ".fbcdn.net", ".fbsv.net", ".tfbnw.net"),  # as the list crawlerdex has it
        asns=(32934,),  # developers.facebook.com/docs/sharing/webmasters/web-crawlers
    ),
    reward_policy=META_REWARDS,
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 26),
        source="developers.facebook.com/docs/sharing/webmasters (tags, first MB, og:url) and …/images (200 and 600 px, "
        "8 MB, 1.91:1); cuts from public guides, unverified",
        layout="shelf",
        agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        reads=1_000_000,
        title=("og:title", "<title>"),
        title_cut=Cut(letters=88, lines=2, columns=44),
        description=("og:description", "description", "<p>"),
        description_cut=Cut(letters=200, lines=1, columns=52),
        description_when="short title",
        picture=("og:image", "og:image:url", "link:image_src", "<img>"),
        pictures=PictureRules(smallest=(200, 200), large=(600, 315), weight=8_000_000, ratio=1.91),
        light=Colours("#f2f4f7", "#ffffff", "#f0f2f5", "#080809", "#65686c", "#ced0d4", "#0064d1"),
        dark=Colours("#1c1c1d", "#252728", "#333334", "#e2e5e9", "#b0b3b8", "#3b3d3f", "#5aa7ff"),
        robots="facebookexternalhit",
        canonical=True,
    ),
)
