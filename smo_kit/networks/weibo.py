"""Weibo. It takes the picture from the link, ``pic``, not from the page."""

from smo_kit.networks.network import Follow, Network, ShareLink

WEIBO = Network(
    id="weibo",
    name="Weibo",
    colour="#e6162d",
    hosts=("weibo.com", "weibo.cn", "t.cn"),
    share=ShareLink("https://service.weibo.com/share/share.php", {"url": "{url}", "title": "{text}", "pic": "{image}"}),
    follow=Follow("https://weibo.com/{handle}", handle=r"(?a)(?:u/)?\w{2,40}", example="u/1234567890"),
    login="weibo",
)
