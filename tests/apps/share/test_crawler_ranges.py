"""What networks publish of their addresses is read from them, on loopback here, or from a file."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from django.core.management import CommandError, call_command

from smo_kit.networks.network import Crawler, Network
from smo_kit.share import ranges
from smo_kit.share.management.commands import smo_crawler_ranges
from smo_kit.share.models import AddressRange
from smo_kit.share.ranges import BadList, ranges_in

LINES = "# ours\n91.108.4.0/22\n\n2001:b28:f23d::/48 # of Amsterdam\r\n91.108.4.0/22\n"
ANNOUNCED = {
    "status": "ok",
    "data": {"resource": "62041", "prefixes": [{"prefix": "95.161.64.0/20", "timelines": [{"starttime": "2026"}]}]},
}


class Handler(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, bytes]]] = {}

    def do_GET(self):
        status, body = self.answers.get(self.path, (404, b"not here"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def answers(settings, monkeypatch):
    """A network whose lists are on loopback: ``answers[path] = status, bytes``."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    host = f"127.0.0.1:{httpd.server_address[1]}"
    settings.SMO_KIT = {"CORE": {"http_allow": [host]}, "SHARE": {"asn_url": f"http://{host}/as?resource=AS{{asn}}"}}
    crawler = Crawler(("pigeonbot",), ranges=f"http://{host}/cidr.txt", asns=(62041,))
    monkeypatch.setattr(
        smo_crawler_ranges, "networks_that_can", lambda what: (Network(id="pigeon", name="Pigeon", crawler=crawler),)
    )
    Handler.answers = {
        "/cidr.txt": (200, LINES.encode()),
        "/as?resource=AS62041": (200, json.dumps(ANNOUNCED).encode()),
    }
    yield Handler.answers
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def known(network_id: str = "pigeon") -> list[str]:
    return sorted(AddressRange.objects.filter(network=network_id).values_list("cidr", flat=True))


class TestLists:
    @pytest.mark.parametrize(
        "text",
        [
            "91.108.4.0/22",
            '["91.108.4.0/22"]',
            '{"prefixes": ["91.108.4.0/22"]}',
            '{"creationTime": "2026", "prefixes": [{"ipv4Prefix": "91.108.4.0/22", "service": "x"}]}',
            '{"data": {"prefixes": [{"prefix": "91.108.4.0/22"}]}}',
            "\ufeff91.108.4.0/22\r\n",
        ],
    )
    def test_lines_and_json(self, text):
        assert [str(one) for one in ranges_in(text)] == ["91.108.4.0/22"]

    @pytest.mark.parametrize("text", ["", "\n# none\n", "{}", "[]", '{"prefixes": []}', '{"data": 1}'])
    def test_an_empty_one_is_none(self, text):
        with pytest.raises(BadList, match="empty"):
            ranges_in(text)

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("<html>Not found</html>", "is no range"),
            ("91.108.4.0/33", "is no range"),
            ("91.108.4.1/22", "is no range"),
            ("{broken", "broken JSON"),
            ("[" * 100_000, "broken JSON"),
            ("0.0.0.0/0", "larger part"),
            ("::/0", "larger part"),
            ("64.0.0.0/2", "larger part"),
            ("2a00::/12", "larger part"),
            ("10.0.0.0/16", "public internet"),
            ("192.168.0.0/24", "public internet"),
            ("192.128.0.0/10", "public internet"),
            ("127.0.0.1", "public internet"),
            ("169.254.0.0/16", "public internet"),
            ("100.64.0.0/24", "public internet"),
            ("224.0.0.0/24", "public internet"),
            ("fe80::/64", "public internet"),
            ("fd00::/48", "public internet"),
            ("::1", "public internet"),
            ("::ffff:10.0.0.0/120", "public internet"),
        ],
    )
    def test_an_absurd_one_is_refused_as_a_whole(self, text, error):
        with pytest.raises(BadList, match=error):
            ranges_in(f"91.108.4.0/22\n{text}" if text[0] not in "{[" else text)


@pytest.mark.django_db
class TestCommand:
    def test_all_that_is_published_is_read(self, answers, capsys):
        call_command("smo_crawler_ranges")
        assert known() == ["2001:b28:f23d::/48", "91.108.4.0/22", "95.161.64.0/20"]
        assert capsys.readouterr().out == "pigeon: 3 ranges.\n"

    def test_neighbours_become_one(self, answers):
        answers["/cidr.txt"] = 200, b"91.108.4.0/23\n91.108.6.0/23\n91.108.4.0/24"
        call_command("smo_crawler_ranges", "pigeon")
        assert known() == ["91.108.4.0/22", "95.161.64.0/20"]

    def test_what_is_published_no_more_goes_and_others_stay(self, answers):
        AddressRange.objects.create(network="pigeon", cidr="198.18.0.0/15")
        AddressRange.objects.create(network="x", cidr="199.16.156.0/22")
        call_command("smo_crawler_ranges")
        call_command("smo_crawler_ranges")
        assert known() == ["2001:b28:f23d::/48", "91.108.4.0/22", "95.161.64.0/20"]
        assert known("x") == ["199.16.156.0/22"]

    @pytest.mark.parametrize("path", ["/cidr.txt", "/as?resource=AS62041"])
    @pytest.mark.parametrize(
        "answer",
        [(500, b"91.108.4.0/22"), (404, b""), (200, b""), (200, b"\xff\xfe"), (200, b"::/0"), (200, b"{}")],
    )
    def test_one_bad_answer_keeps_the_old(self, answers, path, answer, capsys):
        AddressRange.objects.create(network="pigeon", cidr="91.108.56.0/22")
        answers[path] = answer
        with pytest.raises(CommandError, match="pigeon are as they were"):
            call_command("smo_crawler_ranges")
        assert known() == ["91.108.56.0/22"]
        assert capsys.readouterr().err.startswith("pigeon: ")

    def test_one_that_is_too_long_too(self, answers, monkeypatch, capsys):
        monkeypatch.setattr(ranges, "SIZE", 20)
        with pytest.raises(CommandError):
            call_command("smo_crawler_ranges")
        assert "is not whole" in capsys.readouterr().err

    def test_and_too_many(self, answers, monkeypatch):
        monkeypatch.setattr(ranges, "MOST", 2)
        with pytest.raises(CommandError):
            call_command("smo_crawler_ranges")
        assert known() == []

    def test_no_address_inside_is_asked(self, answers, settings, capsys):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {}}
        with pytest.raises(CommandError):
            call_command("smo_crawler_ranges")
        assert known() == []

    def test_figures_as_json(self, answers, capsys):
        call_command("smo_crawler_ranges", "--json")
        assert json.loads(capsys.readouterr().out) == {"read": {"pigeon": 3}, "wrong": {}}

    def test_a_file(self, tmp_path):
        file = tmp_path / "list.txt"
        file.write_text(LINES)
        call_command("smo_crawler_ranges", "discord", str(file))
        assert known("discord") == ["2001:b28:f23d::/48", "91.108.4.0/22"]

    def test_a_file_that_is_not_there(self, tmp_path, capsys):
        with pytest.raises(CommandError):
            call_command("smo_crawler_ranges", "telegram", str(tmp_path / "none"))
        assert "No such file" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("network_id", "error"),
        [("telegramm", "Did you mean 'telegram'"), ("discord", "publishes no list"), ("email", "has a robot")],
    )
    def test_a_network_that_can_not_be_read(self, network_id, error):
        with pytest.raises(CommandError, match=error):
            call_command("smo_crawler_ranges", network_id)


@pytest.mark.parametrize("url", ["https://example.org/", "https://example.org/{asn}/{x}", ""])
def test_an_address_without_a_place_for_the_number_is_wrong(settings, url):
    settings.SMO_KIT = {"SHARE": {"asn_url": url}}
    assert "{asn}" in ranges.share_settings.from_code()[1][0].message
