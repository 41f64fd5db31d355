from django.urls import path

from smo_kit.login import views

app_name = "smo_login"
urlpatterns = [
    path("login/", views.page, name="page"),
    path("login/start/", views.start, name="start"),
    path("login/password/", views.password, name="password"),
    path("login/me/", views.me, name="me"),
    path("login/account/", views.page, name="account"),
]
