"""Addresses under the language: ``/en/…`` and ``/ru/…``."""

from django.urls import path

from demo_site.articles import feeds, views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("articles/", views.article_list, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("atom.xml", feeds.Newest(), name="feed"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
]
