from django.urls import path

from smo_kit.notify import actions

app_name = "smo_notify"
urlpatterns = [
    path("notify/confirm/<str:token>/", actions.confirm, name="confirm"),
    path("notify/end/<str:token>/", actions.end, name="end"),
]
