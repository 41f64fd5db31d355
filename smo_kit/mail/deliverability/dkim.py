"""DKIM: the keys by which mails of a domain are signed (RFC 6376, RFC 8301, RFC 8463)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from smo_kit.mail.deliverability.findings import Finding, Level, good, txt
from smo_kit.mail.deliverability.lookups import Lookups

SUBJECT: Final = "DKIM"
USUAL: Final = ("default", "dkim", "mail", "smtp", "google", "selector1", "selector2", "s1", "s2", "k1", "k2")
"""Selectors that many servers and providers use."""
LEAST: Final = 1024
ADVISED: Final = 2048
ED25519_BYTES: Final = 32
_WHY: Final = "Without a signature large mailbox providers refuse who sends much, and forwarded mails fail DMARC."
_INTEGER: Final = 0x02
_BITS: Final = 0x03
_SEQUENCE: Final = 0x30


def look_at_dkim(domain: str, selectors: Sequence[str], lookups: Lookups) -> Iterator[Finding]:
    """Yield what is to be said of a domain's keys: of these selectors, else of the usual ones that there are."""
    found = False
    for selector in selectors or USUAL:
        name = f"{selector}._domainkey.{domain}"
        texts = [text for text in lookups.texts(name) if "p" in tags(text)]
        if texts or selectors:
            found = True
            yield _of(name, texts)
    if not found:
        cure = "Run this again with --selector: a mail's DKIM-Signature header names it as s=."
        yield Finding(SUBJECT, Level.WARNING, f"{domain} has no key under a usual selector.", _WHY, cure)


def tags(text: str) -> dict[str, str]:
    """Return the tags of a record: ``v=DKIM1; k=rsa; p=…``."""
    pairs = [part.partition("=") for part in text.split(";")]
    return {name.strip().lower(): "".join(value.split()) for name, is_pair, value in pairs if is_pair}


def rsa_bits(key: bytes) -> int:
    """Return the length of an RSA key in DER, as SubjectPublicKeyInfo or bare (RFC 8017, A.1.1). Raises ValueError."""
    first = _part(_content(key, _SEQUENCE))
    if first.kind == _SEQUENCE:  # it says which algorithm; then comes the key, in a string of bits
        first = _part(_content(_content(first.rest, _BITS)[1:], _SEQUENCE))
    if first.kind != _INTEGER:
        raise ValueError("no number")
    return int.from_bytes(first.content, "big").bit_length()


class _Part(NamedTuple):
    """The first part of some DER, and what follows it."""

    kind: int
    content: bytes
    rest: bytes


def _content(data: bytes, kind: int) -> bytes:
    part = _part(data)
    if part.kind != kind:
        raise ValueError("of another kind")
    return part.content


def _part(data: bytes) -> _Part:
    if len(data) < 2:
        raise ValueError("cut short")
    size, start = data[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[2:start], "big")
    if len(data) < start + size:
        raise ValueError("cut short")
    return _Part(data[0], data[start : start + size], data[start + size :])


def _of(name: str, texts: Sequence[str]) -> Finding:
    publish = "Publish " + txt(name, "v=DKIM1; k=rsa; p=<the public key, as your mail server or provider shows it>")
    if len(texts) != 1:
        what = f"{name} has {len(texts)} keys." if texts else f"There is no key at {name}."
        return Finding(SUBJECT, Level.ERROR, what, _WHY, publish)
    record = tags(texts[0])
    if not record["p"]:
        return Finding(SUBJECT, Level.ERROR, f"The key at {name} is revoked.", _WHY, publish)
    if record.get("v", "DKIM1") != "DKIM1":
        return Finding(SUBJECT, Level.ERROR, f"The record at {name} is not DKIM1.", _WHY, publish)
    try:
        key = base64.b64decode(record["p"], validate=True)
        kind = record.get("k", "rsa")
        bits = rsa_bits(key) if kind == "rsa" else 0
    except (ValueError, binascii.Error):
        return Finding(SUBJECT, Level.ERROR, f"The key at {name} can't be read: it is not whole.", _WHY, publish)
    if kind == "ed25519":
        return _ed25519(name, key, publish)
    return _rsa(name, kind, bits, is_test="y" in record.get("t", "").split(":"), publish=publish)


def _ed25519(name: str, key: bytes, publish: str) -> Finding:
    if len(key) != ED25519_BYTES:
        return Finding(SUBJECT, Level.ERROR, f"The Ed25519 key at {name} is not whole.", _WHY, publish)
    why = "Many servers don't know Ed25519 yet."
    return Finding(SUBJECT, Level.WARNING, f"The key at {name} is of Ed25519.", why, "Sign with an RSA key as well.")


def _rsa(name: str, kind: str, bits: int, *, is_test: bool, publish: str) -> Finding:
    if kind != "rsa":
        return Finding(SUBJECT, Level.ERROR, f"The key at {name} is of an unknown kind, {kind}.", _WHY, publish)
    if bits < ADVISED:
        level = Level.ERROR if bits < LEAST else Level.WARNING
        why = f"Keys under {LEAST} bits are not believed, and {ADVISED} are advised (RFC 8301, 3.2)."
        cure = f"Make a key of {ADVISED} bits under a new selector. {publish}"
        return Finding(SUBJECT, level, f"The key at {name} has {bits} bits.", why, cure)
    if is_test:
        return Finding(SUBJECT, Level.WARNING, f"The key at {name} is marked as a test.", _WHY, "Remove t=y.")
    return good(SUBJECT, f"{name}: RSA, {bits} bits")
