"""Addresses of django-comments and django-comments-xtd, by their names, with our views behind them.

A site that has included theirs puts ``include("smo_kit.comments.stock_urls")`` in the same place.
"""

from django.contrib.contenttypes.views import shortcut
from django.urls import path, re_path

from smo_kit.comments import views, writing

urlpatterns = [
    path("post/", writing.stock_post, name="comments-post-comment"),
    path("reply/<int:pk>/", writing.reply, name="comments-xtd-reply"),
    path("flag/<int:pk>/", views.report, name="comments-flag"),
    path("like/<int:pk>/", views.comment, name="comments-xtd-like"),
    path("dislike/<int:pk>/", views.comment, name="comments-xtd-dislike"),
    re_path(r"^cr/(\d+)/(.+)/$", shortcut, name="comments-url-redirect"),
]
