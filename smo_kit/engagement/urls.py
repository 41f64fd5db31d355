from django.urls import path

from smo_kit.engagement import views

app_name = "smo_engagement"

urlpatterns = [path("seen/", views.seen, name="seen")]
