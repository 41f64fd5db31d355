from django.urls import path

from smo_kit.notify import actions, inbox_views, managing, views
from smo_kit.notify.push import views as push_views

app_name = "smo_notify"
urlpatterns = [
    path("notify/follow/", views.follow, name="follow"),
    path("notify/manage/<str:token>/", managing.manage, name="manage"),
    path("notify/mine/", managing.mine, name="mine"),
    path("notify/link/", managing.link, name="link"),
    path("notify/confirm/<str:token>/", actions.confirm, name="confirm"),
    path("notify/end/<str:token>/", actions.end, name="end"),
    path("notify/inbox/", inbox_views.inbox, name="inbox"),
    path("notify/inbox/read/", inbox_views.read, name="read"),
    path("notify/push/", push_views.device, name="device"),
    path("notify/worker.js", push_views.worker, name="worker"),
    path("notify/unread/", inbox_views.unread, name="unread"),
]
