"""Addresses of meta."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from smo_kit.meta import views
from smo_kit.meta.preview.views import colours, preview
from smo_kit.meta.shapes import CUTS


class DigestConverter(StringConverter):
    """32 hexadecimal digits and, behind a hyphen, a shape."""

    regex = f"[0-9a-f]{{32}}(?:-(?:{'|'.join(CUTS)}))?"


register_converter(DigestConverter, "smo_digest")

app_name = "smo_meta"
urlpatterns = [
    path("card/<smo_digest:name>.jpg", views.card_image, name="card_image"),
    path("preview/<str:token>/", preview, name="preview"),
    path("preview.css", colours, name="preview_colours"),
]
