"""A site that forgot to include our addresses."""

from django.urls import path

from tests.blog import views

urlpatterns = [path("posts/<slug:slug>/", views.post, name="post")]
