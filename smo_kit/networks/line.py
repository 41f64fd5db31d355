"""LINE. Its crawler borrows Facebook's name and adds ``line-poker``."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

LINE = Network(
    id="line",
    name="LINE",
    colour="#04883a",  # brand #06c755
    hosts=("line.me", "lin.ee"),
    share=ShareLink("https://social-plugins.line.me/lineit/share", {"url": "{url}", "text": "{text}"}),
    # developers.line.biz/en/docs/line-login/using-line-url-scheme
    follow=Follow("https://line.me/R/ti/p/%40{handle}", handle=r"(?a)\w[\w.-]{1,19}", example="shareworthy"),
    login="line",
    crawler=Crawler(agents=(r"\bline-poker/",)),
)
