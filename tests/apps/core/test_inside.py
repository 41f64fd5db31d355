"""A page of the site, read in this process as a robot would."""

from __future__ import annotations

import pytest
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import translation

from smo_kit.core.http import Refused
from smo_kit.core.inside import read

pytestmark = pytest.mark.django_db
HOME = {"CORE": {"base_url": "https://site.example:8000"}}


def _loop(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(request.path)


def _on(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/who/")


def _out(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("https://elsewhere.example/")


def _who(request: HttpRequest) -> HttpResponse:
    translation.activate("ru")
    return HttpResponse(f"{request.headers['User-Agent']} {request.build_absolute_uri()}")


def _endless(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(b"x" * 1000 for _ in iter(int, 1))


urlpatterns = [path(f"{view.__name__[1:]}/", view) for view in (_loop, _on, _out, _who, _endless)]
here = override_settings(ROOT_URLCONF=__name__, SMO_KIT=HOME)


@here
def test_a_page_is_read_with_the_robots_name_and_leaves_no_trace():
    heard = []

    def hear(**kwargs):
        heard.append(kwargs)

    request_finished.connect(hear)
    try:
        answer = read("/who/?a=1#part", agent="Robot/1")
    finally:
        request_finished.disconnect(hear)
    assert answer.body == b"Robot/1 https://site.example:8000/who/?a=1"
    assert (answer.status, answer.cut, heard, translation.get_language()) == (200, False, [], "en")


@here
def test_a_redirect_is_followed_inside_and_its_way_is_told():
    answer = read("/on/")
    assert (answer.status, answer.way) == (200, ("https://site.example:8000/on/",))


@here
@pytest.mark.parametrize("path", ["/loop/", "/out/"])
def test_a_redirect_in_a_circle_or_out_of_the_site_is_the_answer(path):
    answer = read(path)
    assert (answer.url, answer.status, answer.way) == (f"https://site.example:8000{path}", 302, ())


@here
def test_no_more_is_read_than_the_robot_reads():
    answer = read("/endless/", size=2500)
    assert (len(answer.body), answer.cut) == (2500, True)


@here
@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "https://site.example/",
        "https://a:b@site.example:8000/",
        "file:///etc/passwd",
    ],
)
def test_what_is_not_of_this_site_is_refused(url):
    with pytest.raises(Refused, match="no address of this site"):
        read(url)
