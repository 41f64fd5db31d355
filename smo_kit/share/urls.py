from django.urls import path

from smo_kit.share import arrivals, clickouts, views

app_name = "smo_share"
urlpatterns = [
    path("qr/", views.qr, name="qr"),
    path("ask/", views.ask, name="ask"),
    path("saved/", views.saved, name="saved"),
    path("numbers/", views.numbers, name="numbers"),
    path("out/<network_id>/", clickouts.out, name="out"),
    path("s/<token>/", arrivals.arrive, name="link"),
]
