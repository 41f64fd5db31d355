"""A fresh blog follows the quick start word for word, loses one app again, and then all of them."""

from __future__ import annotations

import pytest

from smo_kit.networks.registry import networks_that_can
from tests.sites.life import REMOVING, TABLES, said
from tests.sites.site import DOCS, Site
from tests.walkthrough import Step, Text, steps

pytestmark = pytest.mark.package
GUIDE = DOCS / "quickstart.md"
PAGE = "/posts/1/"


def parts(*names: str) -> list[Step]:
    return [step for name in names for step in steps(GUIDE, name)]


@pytest.fixture(scope="module")
def blog(wheel, tmp_path_factory):
    """The four looks at the page, and at its picture."""
    site = Site.fresh(tmp_path_factory.mktemp("blog"), wheel)
    site.follow(parts("A site to try it on"))
    own = site.files()
    looks = {}

    def look(name: str) -> None:
        with site.served() as pages:
            page = pages.get(PAGE)
            picture = page.find("meta", property="og:image")
            looks[name] = page
            looks[f"{name}: picture"] = picture and pages.media_type(picture["content"])
            looks[f"{name}: address"] = pages.address

    site.follow(parts("Install", "Switch it on", "Say what a page is", "Put the tags where they belong", "Look at it"))
    look("switched on")
    site.follow(parts("Lock a part"))
    look("locked")
    site.follow(steps(REMOVING, "One app"))
    look("one app less")
    first, *others = steps(REMOVING, "The whole suite")
    site.follow([first])
    site.restore(own)
    site.follow(others)
    look("gone")
    looks["left"] = site.does(TABLES)
    return looks


def shared_to(href: str) -> list:
    return [one for one in networks_that_can("share") if one.share and href.startswith(one.share.address)]


def test_the_steps_are_all_of_the_guide():
    named = ("A site to try it on", "Install", "Switch it on", "Say what a page is", "Put the tags where they belong")
    assert parts(*named, "Look at it", "Lock a part") == [
        Text(one.file, one.text, one.append, "") if isinstance(one, Text) else one for one in steps(GUIDE)
    ]


def test_the_page_tells_networks_what_it_is(blog):
    page = blog["switched on"]
    assert said(page, "og:title") == "Green tea"
    assert said(page, "og:description") == "Leaves and water."
    assert said(page, "og:url") == blog["switched on: address"] + PAGE
    assert blog["switched on: picture"].startswith("image/")
    assert page.title.string.startswith("Green tea")


def test_it_has_buttons_and_their_script(blog):
    page = blog["switched on"]
    assert len({one.id for link in page.find_all("a", href=True) for one in shared_to(link["href"])}) >= 3
    assert page.find("script", type="module")


def test_what_is_locked_is_not_in_the_page(blog):
    assert "80 °C" in blog["switched on"].get_text()
    assert "80 °C" not in str(blog["locked"])
    assert "How hot, and for how long?" in blog["locked"].get_text()


def test_without_the_lock_the_rest_stays(blog):
    page = blog["one app less"]
    assert "80 °C" in page.get_text()
    assert said(page, "og:title") == "Green tea"


def test_without_the_suite_the_blog_is_what_it_was(blog):
    page = blog["gone"]
    assert page.title.string == "Green tea"
    assert "80 °C" in page.get_text()
    assert "smo" not in str(page)
    assert blog["left"].split("\n") == ["[]", "[]", "[]"]
