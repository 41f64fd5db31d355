"""Addresses under the language: ``/en/…`` and ``/ru/…``. The first two are pages of the CMS, which may have more."""

from cms.views import details
from django.urls import path

from demo_site.articles import feeds, talks, views

urlpatterns = [
    path("", details, {"slug": ""}, name="home"),
    path("about/", details, {"slug": "about"}, name="about"),
    path("articles/", views.article_list, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("atom.xml", feeds.Newest(), name="feed"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path(f"{talks.ROUTE}/", talks.long_table, name=talks.ROUTE),
    path("tags/<slug:slug>/", views.tag, name="tag"),
]
