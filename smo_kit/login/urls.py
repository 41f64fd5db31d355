from django.urls import path

from smo_kit.login import account, connections, leaving, views

app_name = "smo_login"
urlpatterns = [
    path("login/", views.page, name="page"),
    path("login/start/", views.start, name="start"),
    path("login/password/", views.password, name="password"),
    path("login/me/", views.me, name="me"),
    path("login/account/", account.account, name="account"),
    path("login/account/connect/", connections.connect, name="connect"),
    path("login/account/leave/", leaving.leave, name="leave"),
]
