from django.urls import path

from smo_kit.best import views

app_name = "smo_best"
urlpatterns = [path("best/told/", views.told, name="told")]
