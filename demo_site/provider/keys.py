"""The key that the demo's own network signs with."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from demo_site import environment

BITS = 2048


def signing_key(file: Path) -> str:
    """Return the private key in a file (PEM), making one at first."""
    return environment.kept(file, _new)


def _new() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()
