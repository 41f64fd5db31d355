"""A page as each crawler gets it, in this process; ``smo_preview``."""

from __future__ import annotations

import json
import socket
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse

from smo_kit.core.cards import Card
from smo_kit.core.http import REDIRECTS, Answer, Refused
from smo_kit.meta.preview import services
from smo_kit.meta.preview.photos import Album
from smo_kit.meta.preview.resolving import Preview
from smo_kit.meta.preview.services import preview_networks, previews_of_address, previews_of_card
from smo_kit.networks.registry import network
from tests.apps.meta import preview_site
from tests.apps.meta.conftest import picture
from tests.apps.meta.preview_tools import any_site, ids, metas, put  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_site")]
HOME = "https://site.example"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("A preview went to the network.")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def of(network_id: str, path: str) -> Preview:
    return previews_of_address(path, networks=[network(network_id)]).previews[0]


def command(*args: str) -> str:
    out = StringIO()
    call_command("smo_preview", *args, stdout=out)
    return out.getvalue()


def stored(file: ContentFile) -> str:
    return default_storage.save(file.name, file)


def test_each_crawler_asks_once_under_its_own_name():
    put("/tea/", metas(og_title="Tea"))
    previews_of_address("/tea/")
    agents = [agent for path, agent in preview_site.asked if path == "/tea/"]
    assert sorted(agents) == sorted(one.preview.agent for one in preview_networks())


def test_a_site_may_answer_each_crawler_otherwise():
    preview_site.answers["/tea/"] = lambda request: HttpResponse(metas(og_title=request.headers["User-Agent"][:8]))
    assert of("telegram", "/tea/").title.shown == "Telegram"
    assert of("discord", "/tea/").title.shown == "Mozilla/"


def test_readers_of_a_language_see_their_networks_first(settings):
    assert preview_networks()[0].id == "facebook"
    settings.LANGUAGE_CODE = "ru"
    from django.utils.translation import override

    with override("ru"):
        assert [one.id for one in preview_networks()][:3] == ["vk", "telegram", "ok"]


def test_a_page_that_redirects_to_itself_ends():
    preview_site.answers["/loop/"] = lambda request: HttpResponseRedirect("/loop/")
    preview = of("vk", "/loop/")
    assert preview.is_bare
    assert "redirect-loop" in ids(preview)


def test_a_circle_of_two_ends():
    preview_site.answers["/a/"] = lambda request: HttpResponseRedirect("/b/")
    preview_site.answers["/b/"] = lambda request: HttpResponseRedirect("/a/")
    assert "redirect-loop" in ids(of("vk", "/a/"))


def test_a_way_out_of_the_site_is_not_gone():
    preview_site.answers["/out/"] = lambda request: HttpResponseRedirect("https://elsewhere.example/")
    (fault,) = of("vk", "/out/").faults
    assert fault.id == "leads-out"
    assert "https://elsewhere.example/" in fault.what


def test_a_redirect_inside_is_followed():
    put("/tea/", metas(og_title="Tea"))
    preview_site.answers["/t/"] = lambda request: HttpResponseRedirect("/tea/")
    preview = of("vk", "/t/")
    assert (preview.title.shown, preview.page.url) == ("Tea", f"{HOME}/tea/")
    assert "redirects" in ids(preview)


def test_a_page_of_20_mb_is_read_as_far_as_the_crawler_does():
    asked_for = []

    def big(request):
        def chunks():
            yield b"<html><head>" + metas(og_title="Tea").encode() + b"</head><body>"
            for place in range(200):
                asked_for.append(place)
                yield b"<p>word</p>" * 9_532

        return StreamingHttpResponse(chunks())

    preview_site.answers["/big/"] = big
    preview = of("telegram", "/big/")
    assert preview.title.shown == "Tea"
    assert len(asked_for) < 150


def test_a_page_of_20_mb_with_its_tags_at_the_end_is_said_to_be_too_large():
    put("/huge/", "<!-- " + "x" * 20_000_000 + " -->" + metas(og_title="Late"))
    (fault,) = [one for one in of("vk", "/huge/").faults if one.id == "beyond"]
    assert "so large" in fault.what
    assert "<head>" in fault.cure


def test_more_redirects_than_are_followed_are_counted_rightly():
    for place in range(9):
        put(f"/{place}/", "", status=302, headers={"Location": f"/{place + 1}/"})
    (fault,) = of("vk", "/0/").faults
    assert fault.id == "redirect-loop"
    assert f"more than {REDIRECTS} redirects" in fault.what


def test_tags_that_a_crawler_does_not_come_to_are_named_with_their_place():
    filler = "<!-- " + "x" * 400_000 + " -->"
    put("/late/", filler + metas(og_title="Late", og_image="/a.jpg"))
    late, soon = of("whatsapp", "/late/"), of("facebook", "/late/")
    assert {one.where for one in late.faults if one.id == "beyond"} == {"og:title", "og:image"}
    assert late.is_bare
    assert soon.title.shown == "Late"


@pytest.mark.parametrize(
    ("status", "kind", "fault"), [(404, "text/html", "status"), (200, "application/json", "no-html")]
)
def test_an_answer_that_is_no_page(status, kind, fault):
    put("/no/", "{}", status=status, content_type=kind)
    assert fault in ids(of("vk", "/no/"))


def test_a_view_that_fails_is_a_fault_not_a_crash(caplog):
    def fails(request):
        raise ValueError("broken")

    preview_site.answers["/fails/"] = fails
    assert "status" in ids(of("vk", "/fails/"))


def test_a_page_that_breaks_off_is_a_fault_too():
    def chunks():
        yield b"<title>"
        raise ValueError("broken")

    preview_site.answers["/breaks/"] = lambda request: StreamingHttpResponse(chunks())
    preview_site.answers["/nowhere/"] = lambda request: HttpResponse(status=302, headers={"Location": "http://["})
    assert "refused" in ids(of("vk", "/breaks/"))
    assert "leads-out" in ids(of("vk", "/nowhere/"))


ROBOTS = "User-agent: Twitterbot\nDisallow: /tea/\n\nUser-agent: *\nAllow: /\n"


def test_robots_txt_is_the_sites_own_and_asked_for_once():
    put("/robots.txt", ROBOTS, content_type="text/plain")
    put("/tea/", metas(og_title="Tea"))
    report = {one.network.id: one for one in previews_of_address("/tea/").previews}
    assert [id_ for id_, one in report.items() if "robots" in ids(one)] == ["x"]
    assert [path for path, _ in preview_site.asked].count("/robots.txt") == 1


def test_without_robots_txt_nothing_is_forbidden():
    put("/tea/", metas(og_title="Tea"))
    assert not of("x", "/tea/").is_bare


class TestPictures:
    def photo(self, address: str):
        return Album(HOME).photo(address)

    def test_one_of_the_media_folder_is_looked_at_where_it_lies(self):
        name = stored(picture(1200, 630))
        photo = self.photo(f"{HOME}/media/{name}")
        assert (photo.state, photo.width, photo.height, photo.format) == ("seen", 1200, 630, "JPEG")
        assert photo.weight == default_storage.size(name)
        assert preview_site.asked == []

    def test_one_of_the_static_folder_too(self):
        assert self.photo(f"{HOME}/static/admin/img/icon-yes.svg").state == "vector"
        assert self.photo(f"{HOME}/static/admin/img/no-such.png").state == "not found"

    def test_any_other_of_the_site_is_asked_for_inside(self):
        put("/cover", picture(300, 200, "PNG").read(), content_type="image/png")
        assert (self.photo(f"{HOME}/cover").width, self.photo(f"{HOME}/cover").format) == (300, "PNG")

    def test_a_drawn_card_is_one_of_the_site(self):
        preview = previews_of_card(Card(url="/tea/", title="Tea")).previews[0]
        assert preview.photo is None  # a card that nobody refined has none
        assert "no-picture" in ids(preview)

    @pytest.mark.parametrize("url", ["https://cdn.example/a.jpg", "//cdn.example/a.jpg", "http://10.0.0.1/a.jpg"])
    def test_one_of_another_site_is_not_fetched(self, url):
        put("/tea/", metas(og_title="Tea", og_image=url))
        preview = of("vk", "/tea/")
        assert preview.photo
        assert preview.photo.state == "not looked at"

    @pytest.mark.parametrize(
        "url", ["file:///etc/passwd", "data:image/png;base64,AAAA", "javascript:alert(1)", "http://["]
    )
    def test_what_is_no_web_address_is_not_there(self, url):
        assert self.photo(url).state == "not found"

    @pytest.mark.parametrize("name", ["../../settings.py", "/etc/passwd", "%2e%2e/%2e%2e/settings.py", "gone.jpg", ""])
    def test_no_name_leads_out_of_the_media_folder(self, name):
        assert self.photo(f"{HOME}/media/{name}").state == "not found"

    @pytest.mark.parametrize(
        ("content", "state"), [(b"", "broken"), (b"no picture", "broken"), (b"<svg xmlns='x'/>", "vector")]
    )
    def test_what_is_no_picture(self, content, state):
        name = stored(ContentFile(content, name="a.jpg"))
        assert self.photo(f"{HOME}/media/{name}").state == state

    def test_a_bomb_is_not_opened(self, monkeypatch):
        monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 100)
        name = stored(picture(300, 300))
        assert self.photo(f"{HOME}/media/{name}").state == "too many pixels"

    def test_a_turned_one_has_the_size_that_is_shown(self):
        from PIL import Image

        exif = Image.Exif()
        exif[0x0112] = 6
        name = stored(picture(600, 300, exif=exif))
        assert (self.photo(f"{HOME}/media/{name}").width, self.photo(f"{HOME}/media/{name}").height) == (300, 600)

    def test_one_is_looked_at_once_for_all_networks(self):
        put("/cover", picture().read(), content_type="image/jpeg")
        put("/tea/", metas(og_title="Tea", og_image="/cover"))
        previews_of_address("/tea/")
        assert [path for path, _ in preview_site.asked].count("/cover") == 1


class TestCommand:
    def test_it_prints_each_network(self):
        put("/tea/", metas(og_title="Tea", og_description="Leaves."))
        text = command("/tea/")
        for one in preview_networks():
            assert f"{one.name}  (as of " in text
        assert "Tea   [og:title]" in text
        assert "! og:image: There is no picture." in text

    def test_a_full_address_is_the_same(self):
        put("/tea/", metas(og_title="Tea"))
        assert command(f"{HOME}/tea/") == command("/tea/")

    def test_json_has_everything(self):
        put("/tea/", metas(og_title="Tea " * 60))
        said = json.loads(command("/tea/", "--json", "--network", "vk", "--network", "x"))
        assert said["url"] == f"{HOME}/tea/"
        assert [one["network"] for one in said["networks"]] == ["vk", "x"]
        first = said["networks"][0]
        assert first["title"]["shown"].endswith("…")
        assert first["title"]["rest"]
        assert {"id", "level", "where", "what", "cure"} == set(first["faults"][0])
        assert said["wrong"] == 2

    def test_html_is_a_page_of_its_own(self):
        put("/tea/", metas(og_title="<script>alert(1)</script>", og_image="/cover"))
        put("/cover", picture().read(), content_type="image/jpeg")
        soup = BeautifulSoup(command("/tea/", "--html"), "html.parser")
        assert len(soup.select("article.smo-preview")) == 10
        assert not soup.find("script")
        assert soup.select_one("style").text.count("light-dark(") > 60
        assert {one["src"] for one in soup.select(".smo-stage img")} == {f"{HOME}/cover"}

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["https://elsewhere.example/"], "--remote"),
            (["//elsewhere.example/"], "--remote"),
            (["ftp://site.example/"], "no web address"),
            (["mailto:me@site.example"], "no web address"),
            (["http://["], "no web address"),
            (["/tea/", "--network", "myspace"], "There are:"),
        ],
    )
    def test_bad_input_is_an_error_with_a_sentence(self, args, message):
        with pytest.raises(CommandError, match=message):
            command(*args)

    def test_a_page_that_is_missing_is_no_bad_input(self):
        assert "answers 404" in command("/missing/")


class TestRemote:
    @pytest.fixture
    def world(self, monkeypatch):
        """The network, as a table of addresses."""
        pages: dict[str, Answer] = {}
        asked = []

        def fetch(url, *, headers=None, size=0, **options):
            asked.append((url, (headers or {}).get("User-Agent")))
            if url not in pages:
                raise Refused(f"{url} does not answer.")
            return pages[url]

        monkeypatch.setattr(services.http, "fetch", fetch)
        return pages, asked

    def test_only_then_is_another_site_asked(self, world):
        pages, asked = world
        url = "https://elsewhere.example/tea"
        body = metas(og_title="Tea", og_image="https://cdn.example/a.jpg").encode()
        pages[url] = Answer(url, 200, {"content-type": "text/html"}, body, False)
        pages["https://cdn.example/a.jpg"] = Answer("", 200, {}, picture().read(), False)
        said = json.loads(command(url, "--remote", "--json"))
        assert {one["title"]["shown"] for one in said["networks"]} == {"Tea"}
        assert {one["picture"]["width"] for one in said["networks"]} == {1200}
        agents = {agent for address, agent in asked if address == url}
        assert agents == {one.preview.agent for one in preview_networks()}
        assert preview_site.asked == []

    def test_an_address_that_may_not_be_called_is_said(self, world):
        text = command("https://elsewhere.example/", "--remote")
        assert "does not answer" in text


def test_who_previews_a_hidden_page_is_told_where_it_is_hidden():
    report = previews_of_card(Card(url="/tea/", title="Tea", shareable=False))
    (fault,) = report.previews[0].faults
    assert report.previews[0].is_bare
    assert "share settings" in fault.cure
