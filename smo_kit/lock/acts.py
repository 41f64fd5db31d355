"""Answers to who opens a lock, and to his page that waits for news."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Open a lock by one of its ways."""
    raise NotImplementedError


def news(request: HttpRequest) -> HttpResponse:
    """Say whether anything has happened to the shares of who asks."""
    raise NotImplementedError
