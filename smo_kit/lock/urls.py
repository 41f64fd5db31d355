from django.urls import path

from smo_kit.lock import acts, reports, views
from smo_kit.lock.files import views as files

app_name = "smo_lock"
is_polled = True
urlpatterns = [
    path("lock/news/", acts.news, name="news"),
    path("lock/file/<str:token>/<str:name>", files.give, name="file"),
    path("lock/shown/", reports.shown, name="shown"),
    path("lock/<str:token>/", views.show, name="show"),
    path("lock/<str:token>/open/", acts.open_, name="open"),
]
