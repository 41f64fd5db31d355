"""Addresses of django-comments and django-comments-xtd, by their names, with our views behind them.

A site that has included theirs puts ``include("smo_kit.comments.stock_urls")`` in the same place.
"""

from django.contrib.contenttypes.views import shortcut
from django.urls import path, re_path

from smo_kit.comments import opinions, views, writing
from smo_kit.core import converters  # noqa: F401  # "smo_id"

urlpatterns = [
    path("post/", writing.stock_post, name="comments-post-comment"),
    path("reply/<smo_id:pk>/", writing.reply, name="comments-xtd-reply"),
    path("flag/<smo_id:pk>/", opinions.report, name="comments-flag"),
    path("like/<smo_id:pk>/", views.comment, name="comments-xtd-like"),
    path("dislike/<smo_id:pk>/", views.comment, name="comments-xtd-dislike"),
    re_path(r"^cr/(\d+)/(.+)/$", shortcut, name="comments-url-redirect"),
]
