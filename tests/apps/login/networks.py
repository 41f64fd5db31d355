"""What a site with three ways of signing in has in its settings."""

from __future__ import annotations

from typing import Any, Final

UNIVERSITY: Final = {
    "provider_id": "uni",
    "name": "University <of> Tea",
    "client_id": "us",
    "secret": "s3cret",
    "settings": {"server_url": "https://uni.example"},
}
THREE: Final[dict[str, Any]] = {
    "vk": {"APPS": [{"client_id": "us", "secret": "s3cret"}]},
    "github": {"APPS": [{"client_id": "us", "secret": "s3cret"}]},
    "openid_connect": {"APPS": [UNIVERSITY]},
}
