"""The site with what django-allauth leaves out of its URLs unless the settings say so when it is loaded."""

from allauth.account import views
from django.urls import path

from tests.urls import urlpatterns as usual

_ACCOUNTS = {
    "login/code/": ("account_request_login_code", views.request_login_code),
    "password/reset/confirm/": ("account_confirm_password_reset_code", views.confirm_password_reset_code),
    "password/reset/complete/": ("account_complete_password_reset", views.complete_password_reset),
    "password/reset/completed/": ("account_password_reset_completed", views.password_reset_from_key_done),
}
urlpatterns = [path(f"accounts/{where}", view, name=name) for where, (name, view) in _ACCOUNTS.items()] + usual
