"""Reddit. A post is a link and a title; communities dislike titles that advertise."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

REDDIT = Network(
    id="reddit",
    name="Reddit",
    colour="#d93900",  # brand #ff4500
    hosts=("reddit.com", "redd.it"),
    share=ShareLink("https://www.reddit.com/submit", {"url": "{url}", "title": "{title}"}),
    follow=Follow("https://www.reddit.com/{handle}/", handle=r"(?a)(?:r|u|user)/\w[\w-]{1,23}", example="r/django"),
    login="reddit",
    crawler=Crawler(agents=(r"\bredditbot/",)),
)
