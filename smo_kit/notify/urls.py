from django.urls import path

from smo_kit.notify import actions, views

app_name = "smo_notify"
urlpatterns = [
    path("notify/confirm/<str:token>/", actions.confirm, name="confirm"),
    path("notify/end/<str:token>/", actions.end, name="end"),
    path("notify/inbox/", views.inbox, name="inbox"),
    path("notify/inbox/read/", views.read, name="read"),
    path("notify/unread/", views.unread, name="unread"),
]
