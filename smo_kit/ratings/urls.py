from django.urls import path

from smo_kit.ratings import views

app_name = "smo_ratings"
urlpatterns = [path("ratings/<path:token>/", views.rate, name="rate")]
