from django.urls import path

from smo_kit.notify import actions, managing, views

app_name = "smo_notify"
urlpatterns = [
    path("notify/follow/", views.follow, name="follow"),
    path("notify/manage/<str:token>/", managing.manage, name="manage"),
    path("notify/mine/", managing.mine, name="mine"),
    path("notify/link/", managing.link, name="link"),
    path("notify/confirm/<str:token>/", actions.confirm, name="confirm"),
    path("notify/end/<str:token>/", actions.end, name="end"),
]
