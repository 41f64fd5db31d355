from django.urls import path

from smo_kit.comments.decisions import Confirm, Decide
from smo_kit.comments.views import comment

app_name = "smo_comments"
urlpatterns = [
    path("comments/<int:pk>/", comment, name="comment"),
    path("comments/confirm/<str:token>/", Confirm.as_view(), name="confirm"),
    path("comments/decide/<str:token>/", Decide.as_view(), name="decide"),
]
