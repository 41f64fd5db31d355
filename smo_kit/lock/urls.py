from django.urls import path

from smo_kit.lock import acts, views

app_name = "smo_lock"
is_polled = True
urlpatterns = [
    path("lock/news/", acts.news, name="news"),
    path("lock/<str:token>/", views.show, name="show"),
    path("lock/<str:token>/open/", acts.open_, name="open"),
]
