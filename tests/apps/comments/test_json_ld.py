"""What programs read of a discussion."""

from __future__ import annotations

import json

from bs4 import BeautifulSoup

from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.comments.votes import cast
from tests.blog.models import Post


def posting(client):
    soup = BeautifulSoup(client.get("/posts/bridges/").content, "html.parser")
    every = [json.loads(one.string) for one in soup.select('script[type="application/ld+json"]')]
    return next((one for one in every if one.get("@type") == "DiscussionForumPosting"), None)


def test_a_discussion_is_told_with_its_replies(client, say, member):
    Post.objects.update(author=member)
    root = say("The **third** arch <b> is & old.")
    reply = say("A reply to it.", root)
    cast(root, ["somebody"], 1)

    node = posting(client)

    assert node["commentCount"] == 2
    assert node["author"] == {"@type": "Person", "name": "Ada Byron"}
    (comment,) = node["comment"]
    assert (comment["text"], comment["upvoteCount"]) == ("The third arch <b> is & old.", 1)
    assert comment["author"] == {"@type": "Person", "name": "Ada Byron"}
    assert comment["url"] == f"http://testserver/posts/bridges/#c{root.pk}"
    assert comment["comment"][0]["url"].endswith(f"#c{reply.pk}")
    assert comment["datePublished"].startswith("20")


def test_what_is_gone_is_not_told_and_its_replies_are(client, say):
    root = say("The secret word is xylophone.")
    say("A reply that stays.", root)
    move(root, State.REMOVED)

    assert [one["text"] for one in posting(client)["comment"]] == ["A reply that stays."]


def test_an_empty_discussion_tells_nothing(client, article):
    assert posting(client) is None


def test_nothing_ends_the_script(client, say):
    say("</script><script>alert(1)</script><!--")
    assert "</script><script>alert(1)" not in client.get("/posts/bridges/").content.decode()
    assert posting(client)["comment"][0]["text"] == "</script><script>alert(1)</script><!--"
