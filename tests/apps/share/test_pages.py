"""The pages that buttons lead to: a QR code, the reader's own server, the list of saved pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.signing import Signer
from django.test import Client

from smo_kit.networks.registry import networks_that_can
from smo_kit.share.errands import Errand, ForgedErrand

pytestmark = pytest.mark.django_db
PAGE = "https://example.com/posts/tea/?a=1&b=2"
(SERVED,) = (one.id for one in networks_that_can("share") if one.share.needs_instance)
DIRECTORIES = ["django.template.loaders.app_directories.Loader"]
HERE = {"sec-fetch-site": "same-origin"}
SENTENCE = "Go back to the page and press the button again."
FORGED = [
    "",
    "x",
    "a:b",
    "WyJxciIsImh0dHA6Ly9ldmlsLmV4YW1wbGUvIl0:AAAA",
    Signer().sign_object(("qr", "https://evil.example/", "", "en")),
    Signer(salt="smo_kit.key").sign("1..1"),
    Signer(salt="smo_kit.share.errand").sign_object("one word"),
    Signer(salt="smo_kit.share.errand").sign_object(["a", "b", "c", "d", "e"]),
    "\x00\ud800".encode("utf-8", "replace").decode(),
]


def soup_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def address(view, network=SERVED, url=PAGE, text="Tea & <rum>", language="en"):
    return f"/smo/{view}/?p={Errand(network, url, text, language).sign()}"


class TestErrand:
    def test_comes_back_as_it_went(self):
        errand = Errand("qr", PAGE, "Чай 👩‍👩‍👧‍👦", "ru")
        assert Errand.unsign(errand.sign()) == errand

    def test_is_printed_the_same_each_time(self):
        assert Errand("qr", PAGE).sign() == Errand("qr", PAGE).sign()

    @pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
    def test_is_not_taken_from_others(self, token):
        with pytest.raises(ForgedErrand):
            Errand.unsign(token)


@pytest.mark.parametrize("view", ["qr", "ask"])
@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
def test_a_forged_address_gets_a_sentence(client, view, token):
    answer = client.get(f"/smo/{view}/", {"p": token})
    assert answer.status_code == 400
    assert SENTENCE in answer.text
    assert "evil" not in answer.text
    assert "no-store" in answer["Cache-Control"]


class TestQR:
    def test_shows_the_code_and_the_address(self, client):
        soup = soup_of(client.get(address("qr")))
        assert soup.select_one("svg.smo-qr path")
        assert soup.select_one("[role=img]")["aria-label"]
        assert soup.select_one("a.smo-address")["href"] == PAGE

    def test_is_for_everybody_and_no_robot(self, client):
        answer = client.get(address("qr"))
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies

    def test_speaks_the_language_of_the_page_it_comes_from(self, client):
        answer = client.get(address("qr", language="ru"), headers={"accept-language": "en"})
        assert answer["Content-Language"] == "ru"
        assert soup_of(answer).html["lang"] == "ru"

    def test_an_address_too_long_for_a_code_says_so(self, client):
        answer = client.get(address("qr", url="https://example.com/" + "".join(map(str, range(2000)))))
        assert answer.status_code == 200
        assert "too long for a QR code" in answer.text

    def test_takes_no_form(self, client):
        assert client.post(address("qr")).status_code == 405


class TestAsk:
    def test_asks_with_a_label_and_says_what_is_shared(self, client):
        soup = soup_of(client.get(address("ask")))
        assert soup.select_one("label[for=id_server]")
        assert soup.select_one("#id_server")["aria-describedby"] == "id_server_helptext"
        assert "Tea & <rum>" in soup.select_one(".smo-quote").text
        assert soup.select_one(".smo-remember").has_attr("hidden")

    def test_the_page_is_for_everybody(self, client):
        answer = client.get(address("ask"))
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert not answer.cookies

    @pytest.mark.parametrize(
        ("typed", "host"),
        [
            ("mas.to", "mas.to"),
            ("  MAS.TO ", "mas.to"),
            ("https://mas.to/@me", "mas.to"),
            ("@me@mas.to", "mas.to"),
            ("me@mas.to", "mas.to"),
            ("social.xn--e1afmkfd.xn--p1ai", "social.xn--e1afmkfd.xn--p1ai"),
            ("друг.рф", "xn--c1ab0bm.xn--p1ai"),
            ("bücher.example.org", "xn--bcher-kva.example.org"),
            ("mas。to", "mas.to"),
            ("mas.to\u2028", "mas.to"),
        ],
    )
    def test_leads_to_the_server(self, client, typed, host):
        answer = client.post(address("ask"), {"server": typed}, headers=HERE)
        assert answer.status_code == 303
        assert answer["Location"].startswith(f"https://{host}/share?text=Tea%20%26%20%3Crum%3E%20https%3A%2F%2Fexample")
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "localhost",
            "localhost:8000",
            "mas.to:8443",
            "a.localhost",
            "printer.local",
            "db.internal",
            "router.lan",
            "1.0.0.127.in-addr.arpa",
            "mas.test",
            "mas.invalid",
            "127.0.0.1",
            "0x7f.0.0.1",
            "0x7f000001",
            "2130706433",
            "127.1",
            "169.254.169.254",
            "[::1]",
            "http://[::ffff:127.0.0.1]/",
            "user:secret@127.0.0.1",
            "mas..to",
            ".mas.to",
            "-mas.to",
            "mas.to-",
            "mas_to",
            "mas",
            "mas.to evil.example",
            "mas.to\nX: y",
            "mas.to%2f@evil",
            "mas.to%00.evil",
            "javascript:alert(1)",
            "data:text/html,x",
            "//",
            "///",
            "https://",
            "\\\\evil",
            "а" * 64 + ".рф",
            "evil℀.example.org",
            "x." * 200 + "org",
            "１２７.0.0.1",
            "①②⑦.0.0.1",
        ],
    )
    def test_takes_only_the_name_of_a_public_host(self, client, typed):
        answer = client.post(address("ask"), {"server": typed}, headers=HERE)
        assert answer.status_code == 400
        error = soup_of(answer).select_one("#id_server_error")
        assert error["role"] == "alert"
        assert "server" in error.text
        assert "id_server_error" in soup_of(answer).select_one("#id_server")["aria-describedby"]

    def test_shows_again_what_was_typed_as_text(self, client):
        answer = client.post(address("ask"), {"server": '"><script>x</script>'}, headers=HERE)
        assert soup_of(answer).select_one("#id_server")["value"] == '"><script>x</script>'
        assert "<script>x" not in answer.text

    def test_a_mere_get_leads_nowhere(self, client):
        answer = client.get(address("ask") + "&server=evil.example.org")
        assert answer.status_code == 200
        assert "evil" not in answer.text

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"origin": "null"},
            {"origin": "https://testserver"},
            {"origin": "http://evil.example"},
            {"sec-fetch-site": "same-site", "origin": "http://testserver"},
            {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
            {"sec-fetch-site": "none"},
        ],
    )
    def test_a_form_of_another_site_leads_nowhere(self, headers):
        answer = Client(enforce_csrf_checks=True).post(address("ask"), {"server": "mas.to"}, headers=headers)
        assert answer.status_code == 403
        assert SENTENCE in answer.text

    @pytest.mark.parametrize("headers", [HERE, {"origin": "http://testserver"}])
    def test_no_token_is_needed(self, headers):
        answer = Client(enforce_csrf_checks=True).post(address("ask"), {"server": "mas.to"}, headers=headers)
        assert answer.status_code == 303

    def test_a_network_that_has_no_servers_is_not_asked_for(self, client):
        assert client.get(address("ask", network="vk")).status_code == 400
        assert client.get(address("ask", network="gone")).status_code == 400


class TestFrame:
    """The frame is the site's own; here it has whatever a site may print in it."""

    @pytest.fixture
    def frame(self, settings):
        def put(words):
            (engine,) = settings.TEMPLATES
            pages = {"smo_kit/base.html": words + "{% block title %}{% endblock %}{% block content %}{% endblock %}"}
            loaders = [("django.template.loaders.locmem.Loader", pages), *DIRECTORIES]
            options = {**engine["OPTIONS"], "loaders": loaders}
            settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]

        return put

    @pytest.mark.parametrize("path", [address("qr"), address("ask"), "/smo/saved/"], ids=["qr", "ask", "saved"])
    def test_the_page_of_a_reader_whom_it_greets_is_kept_nowhere(self, client, frame, path):
        frame("{{ user.username }}")
        client.force_login(get_user_model().objects.create_user("ada"))
        answer = client.get(path)
        assert "ada" in answer.text
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]

    @pytest.mark.parametrize(
        "words",
        ["{{ user.username }}", "{% csrf_token %}", "{{ request.session.basket }}"],
        ids=["user", "csrf", "basket"],
    )
    def test_a_frame_that_looks_who_reads_is_kept_nowhere(self, client, frame, words):
        frame(words)
        assert "no-store" in client.get(address("qr"))["Cache-Control"]

    @pytest.mark.parametrize(
        "headers", [{"cookie": "messages=x"}, {"cookie": "sessionid=x"}, {"authorization": "Basic YTpi"}]
    )
    def test_who_brings_something_of_his_own_gets_a_page_of_his_own(self, client, headers):
        assert "no-store" in client.get(address("qr"), headers=headers)["Cache-Control"]

    def test_a_frame_that_is_the_same_for_everybody_may_be_kept(self, client, frame):
        frame("<h1>Tea house</h1>")
        answer = client.get(address("qr"))
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert "Cookie" not in answer.get("Vary", "")


class TestSaved:
    def test_explains_itself_without_a_script(self, client):
        text = soup_of(client.get("/smo/saved/")).main.text
        assert "stays in this browser" in text
        assert "Ctrl+D" in text.replace("\n", "")
        assert "⌘+D" in text

    @pytest.mark.parametrize(("asked", "spoken"), [("ru", "ru"), ("en", "en"), ("", "en"), ("xx", "en"), ("<b>", "en")])
    def test_speaks_the_language_asked_for(self, client, asked, spoken):
        answer = client.get("/smo/saved/", {"l": asked}, headers={"accept-language": "ru"})
        assert answer["Content-Language"] == spoken
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert not answer.cookies
