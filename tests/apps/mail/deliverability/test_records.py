"""What is said of a domain's records."""

from __future__ import annotations

import base64

import pytest

from smo_kit.mail.deliverability.dkim import look_at_dkim, rsa_bits
from smo_kit.mail.deliverability.dmarc import look_at_dmarc
from smo_kit.mail.deliverability.findings import Finding, Level
from smo_kit.mail.deliverability.looking import look
from smo_kit.mail.deliverability.lookups import Failed, Lookups, Silent
from smo_kit.mail.deliverability.spf import look_at_spf, parsed
from tests.apps.mail.deliverability.conftest import DOMAIN, KEY_1024, KEY_2048, NameServer


def levels(findings: list[Finding]) -> list[str]:
    return [one.level.value for one in findings]


def spf(server: NameServer, lookups: Lookups, *records: str) -> list[Finding]:
    server.zone[DOMAIN, "TXT"] = ["google-site-verification=1", *records]
    return list(look_at_spf(DOMAIN, lookups))


def bad(findings: list[Finding]) -> Finding:
    (found,) = [one for one in findings if one.level is not Level.GOOD]
    return found


@pytest.mark.parametrize(
    "record",
    ["v=spf1 mx a:mail.magazine.test/28 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all", "V=SPF1 -all", "v=spf1 MX -ALL"],
)
def test_a_sound_spf_record(server, lookups, record):
    assert levels(spf(server, lookups, record)) == ["good"]


def test_no_spf_record_is_cured_by_one(server, lookups):
    found = bad(spf(server, lookups, "v=spf10 -all"))

    assert (found.level, found.what) == (Level.ERROR, f"{DOMAIN} has no SPF record.")
    assert f'{DOMAIN}. IN TXT "v=spf1 mx a ~all"' in found.cure


def test_two_spf_records_are_to_be_made_one(server, lookups):
    found = bad(spf(server, lookups, "v=spf1 mx -all", "v=spf1 mx include:mail.example ~all"))

    assert found.level is Level.ERROR
    assert found.cure.endswith(f'{DOMAIN}. IN TXT "v=spf1 mx include:mail.example ~all"')


@pytest.mark.parametrize(
    "word", ["inlcude:mail.example", "ip4:2001:db8::1", "ip4:300.1.1.1", "include", "ip6", "all:x", "+", "a b@c"]
)
def test_words_that_are_no_spf_are_named(word):
    assert parsed(f"v=spf1 {word} mx -all")[1] == [word.split()[-1]]


def test_a_word_that_is_no_spf_is_an_error(server, lookups):
    assert "'mxx' in" in bad(spf(server, lookups, "v=spf1 mxx -all")).what


@pytest.mark.parametrize(
    ("record", "level", "cure"),
    [
        ("v=spf1 mx", Level.WARNING, "v=spf1 mx ~all"),
        ("v=spf1 mx ?all", Level.WARNING, "v=spf1 mx ~all"),
        ("v=spf1 mx +all", Level.ERROR, "v=spf1 mx ~all"),
        ("v=spf1 mx all", Level.ERROR, "v=spf1 mx ~all"),
    ],
)
def test_a_record_must_forbid_others(server, lookups, record, level, cure):
    found = bad(spf(server, lookups, record))

    assert (found.level, found.cure) == (level, f'Publish {DOMAIN}. IN TXT "{cure}"')


def test_ptr_is_warned_of(server, lookups):
    assert bad(spf(server, lookups, "v=spf1 ptr -all")).what == "The record uses ptr."


def test_the_end_may_stand_where_the_record_leads_to(server, lookups):
    server.zone["spf.example", "TXT"] = ["v=spf1 mx -all"]

    assert levels(spf(server, lookups, "v=spf1 redirect=spf.example")) == ["good"]


def test_lookups_are_counted_over_what_is_included(server, lookups):
    server.zone["one.example", "TXT"] = ["v=spf1 include:two.example a mx ip4:192.0.2.1 ~all"]
    server.zone["two.example", "TXT"] = ["v=spf1 exists:%{i}.two.example a:x.example -all"]
    (found,) = spf(server, lookups, "v=spf1 mx include:one.example -all")

    assert "(7 of 10 lookups)" in found.what


def test_more_than_ten_lookups_break_it(server, lookups):
    server.zone["one.example", "TXT"] = [f"v=spf1 {' '.join(f'a:{n}.example' for n in range(10))} ~all"]
    found = bad(spf(server, lookups, "v=spf1 include:one.example -all"))

    assert (found.level, found.what) == (Level.ERROR, "The record needs 11 lookups.")


def test_counting_ends_however_much_is_included(server, lookups):
    for number in range(60):
        server.zone[f"{number}.example", "TXT"] = [f"v=spf1 include:{number + 1}.example ~all"]
    found = bad(spf(server, lookups, "v=spf1 include:0.example -all"))

    assert found.what == "The record needs 20 or more lookups."
    assert len(server.asked) < 30


@pytest.mark.parametrize("record", [[], ["v=spf1 a -all", "v=spf1 mx -all"]])
def test_what_is_included_must_have_one_record(server, lookups, record):
    server.zone["one.example", "TXT"] = record

    assert (
        "one.example, which has not one SPF record" in bad(spf(server, lookups, "v=spf1 include:one.example -all")).what
    )


def test_a_record_that_includes_itself_is_told(server, lookups):
    server.zone["one.example", "TXT"] = ["v=spf1 include:two.example -all"]
    server.zone["two.example", "TXT"] = ["v=spf1 include:ONE.example -all"]

    assert "is included by itself" in bad(spf(server, lookups, "v=spf1 include:one.example -all")).what


def test_an_included_zone_that_is_broken_is_a_warning(server, lookups):
    server.broken.add("one.example")

    assert bad(spf(server, lookups, "v=spf1 include:one.example -all")).level is Level.WARNING


@pytest.mark.parametrize(("key", "bits"), [(KEY_1024, 1024), (KEY_2048, 2048)])
def test_the_length_of_a_key_is_read(key, bits):
    der = base64.b64decode(key)
    bare = der[22:] if bits == 1024 else der[24:]

    assert rsa_bits(der) == rsa_bits(bare) == bits


@pytest.mark.parametrize("der", [b"", b"0", b"0\x84\xff\xff\xff\xff", b"0\x02\x04\x00", b"0\x00", b"\x30\x80" * 99_999])
def test_a_broken_key_is_an_error_and_no_more(der):
    with pytest.raises(ValueError, match=r"cut|kind|number"):
        rsa_bits(der)


@pytest.mark.parametrize(
    ("records", "level", "what"),
    [
        ([f"v=DKIM1; k=rsa; p={KEY_2048}"], "good", "2048 bits"),
        ([f"p={KEY_2048[:50]} {KEY_2048[50:]};"], "good", "2048 bits"),
        ([f"v=DKIM1; p={KEY_1024}"], "warning", "1024 bits"),
        ([f"v=DKIM1; t=s:y; p={KEY_2048}"], "warning", "marked as a test"),
        (["v=DKIM1; p="], "error", "revoked"),
        (["v=DKIM1; p=AAAA"], "error", "not whole"),
        (["v=DKIM1; p=???"], "error", "not whole"),
        (["v=DKIM1; k=ed25519; p=" + base64.b64encode(b"k" * 32).decode()], "warning", "Ed25519"),
        (["v=DKIM1; k=ed25519; p=AAAA"], "error", "Ed25519 key"),
        (["v=DKIM1; k=dsa; p=AAAA"], "error", "unknown kind"),
        (["v=DKIM2; p=AAAA"], "error", "not DKIM1"),
        ([f"p={KEY_2048}", f"p={KEY_1024}"], "error", "2 keys"),
        (["something else"], "error", "no key"),
        ([], "error", "no key"),
    ],
)
def test_a_key(server, lookups, records, level, what):
    server.zone[f"one._domainkey.{DOMAIN}", "TXT"] = records
    (found,) = look_at_dkim(DOMAIN, ["one"], lookups)

    assert found.level.value == level
    assert what in found.what
    if level == "error":
        assert f"one._domainkey.{DOMAIN}. IN TXT" in found.cure


def test_without_a_selector_the_usual_ones_are_tried(server, lookups):
    (unknown,) = look_at_dkim(DOMAIN, [], lookups)
    assert (unknown.level, "--selector" in unknown.cure) == (Level.WARNING, True)
    server.zone[f"google._domainkey.{DOMAIN}", "TXT"] = [f"p={KEY_2048}"]

    assert levels(list(look_at_dkim(DOMAIN, [], Lookups(f"127.0.0.1:{server.port}")))) == ["good"]


@pytest.mark.parametrize(
    ("name", "records", "found"),
    [
        ("_dmarc.news.magazine.test", ["v=DMARC1; p=reject; rua=mailto:a@b.example"], ["good"]),
        ("_dmarc.magazine.test", ["v=DMARC1; p=none; sp=reject; rua=mailto:a@b.example"], ["good"]),
        ("_dmarc.magazine.test", ["v=DMARC1; p=quarantine"], ["warning", "good"]),
        ("_dmarc.news.magazine.test", ["v=DMARC1; p=none"], ["warning", "warning", "good"]),
        ("_dmarc.news.magazine.test", ["v=DMARC1; p=perhaps"], ["error"]),
        ("_dmarc.news.magazine.test", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], ["error"]),
        ("_dmarc.news.magazine.test", ["v=spf1 -all"], ["error"]),
        ("_dmarc.test", ["v=DMARC1; p=reject; rua=mailto:a@b.example"], ["error"]),
    ],
)
def test_dmarc(server, lookups, name, records, found):
    server.zone[name, "TXT"] = records

    assert levels(list(look_at_dmarc("news.magazine.test", lookups))) == found


def test_the_stricter_policy_is_written_out(server, lookups):
    server.zone[f"_dmarc.{DOMAIN}", "TXT"] = ["v=DMARC1; p=none; rua=mailto:a@b.example"]

    found = bad(list(look_at_dmarc(DOMAIN, lookups)))
    assert found.cure.endswith(f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=quarantine; rua=mailto:a@b.example"')


@pytest.mark.parametrize(
    ("kind", "record", "level"),
    [("MX", "10 mx.magazine.test.", "good"), ("A", "192.0.2.1", "good"), ("MX", "0 .", "error"), ("TXT", "x", "error")],
)
def test_somebody_must_take_mail_for_the_domain(server, lookups, kind, record, level):
    server.zone[DOMAIN, kind] = [record]

    assert look(DOMAIN, DOMAIN, lookups)[0].level.value == level


@pytest.mark.parametrize(
    ("domain", "host", "level"),
    [
        ("magazine.test", "www.magazine.test", "good"),
        ("news.magazine.test", "magazine.test", "good"),
        ("magazine.test", "other.test", "warning"),
    ],
)
def test_links_should_lead_to_the_sender_s_domain(lookups, domain, host, level):
    assert look(domain, host, lookups)[-1].level.value == level


def test_a_broken_zone_is_said_of_each_part(server, lookups):
    server.broken.add(DOMAIN)
    found = look(DOMAIN, DOMAIN, lookups)

    assert [(one.subject, one.level.value) for one in found[:2]] == [("MX", "error"), ("SPF", "error")]
    with pytest.raises(Failed, match="DNSSEC"):
        lookups.texts(DOMAIN)


def test_a_name_that_is_none_is_said_to_be(lookups):
    with pytest.raises(Failed, match="can't be asked for"):
        lookups.texts("a..b")


def test_a_silent_server_is_left_in_time(server):
    server.is_silent = True

    with pytest.raises(Silent, match=r"does not answer within 0\.1 seconds"):
        look(DOMAIN, DOMAIN, Lookups(f"127.0.0.1:{server.port}", seconds=0.1))


@pytest.mark.parametrize("nameserver", ["127.0.0.1:x", "127.0.0.1:99999", "[::1", "no such host"])
def test_a_name_server_that_is_none_is_said_to_be(server, nameserver):
    with pytest.raises(Silent, match="HOST:PORT"):
        Lookups(nameserver)
