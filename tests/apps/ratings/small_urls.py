"""Where the page is that is rated."""

from django.urls import path

from tests.blog import views

urlpatterns = [path("<slug:slug>/", views.post, name="post")]
