"""Short addresses of personal links: ``path("s/", include("smo_kit.share.short_urls"))``, outside of any language."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from smo_kit.share.arrivals import arrive

app_name = "smo_short"
urlpatterns = [path("<token>/", login_not_required(arrive), name="link")]
