from django.urls import path

from smo_kit.notify import inbox_views, link_views, preferences_views, views
from smo_kit.notify.push import views as push_views

app_name = "smo_notify"
urlpatterns = [
    path("notify/follow/", views.follow, name="follow"),
    path("notify/manage/<str:token>/", preferences_views.manage, name="manage"),
    path("notify/mine/", preferences_views.mine, name="mine"),
    path("notify/link/", preferences_views.link, name="link"),
    path("notify/confirm/<str:token>/", link_views.confirm, name="confirm"),
    path("notify/end/<str:token>/", link_views.end, name="end"),
    path("notify/inbox/", inbox_views.inbox, name="inbox"),
    path("notify/inbox/read/", inbox_views.read, name="read"),
    path("notify/push/", push_views.device, name="device"),
    path("notify/worker.js", push_views.worker, name="worker"),
    path("notify/unread/", inbox_views.unread, name="unread"),
]
