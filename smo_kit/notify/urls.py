from django.urls import path

from smo_kit.notify import actions, views
from smo_kit.notify.push import views as push_views

app_name = "smo_notify"
urlpatterns = [
    path("notify/confirm/<str:token>/", actions.confirm, name="confirm"),
    path("notify/end/<str:token>/", actions.end, name="end"),
    path("notify/inbox/", views.inbox, name="inbox"),
    path("notify/inbox/read/", views.read, name="read"),
    path("notify/push/", push_views.device, name="device"),
    path("notify/worker.js", push_views.worker, name="worker"),
    path("notify/unread/", views.unread, name="unread"),
]
