"""Facebook. It reads nothing but the address: title and picture come from the page's Open Graph tags."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

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
    login="facebook",
    crawler=Crawler(
        # The whole string, because KakaoTalk, LINE, Naver, iMessage and many more put its name into theirs
        # (pastebin.com/MHLPZCNY). Meta's other robots (meta-externalagent, facebookcatalog, …) fetch without a share.
        agents=(
            r"^(?:facebookexternalhit|meta-externalhit)/[\d.]+"
            r"(?: ?\([+ ]?https?://(?:www\.facebook\.com/externalhit_uatext\.php"
            r"|developers\.facebook\.com/docs/sharing/(?:webmasters/)?(?:web-)?crawlers?)\))?;?$",
            r"^facebot(?:/[\d.]+)?$",
        ),
        rdns=(".facebook.com", ".fbcdn.net", ".fbsv.net", ".tfbnw.net"),
    ),
)
