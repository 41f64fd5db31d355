from django.urls import path

from smo_kit.mail import views

app_name = "smo_mail"

urlpatterns = [path("mail/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe")]
