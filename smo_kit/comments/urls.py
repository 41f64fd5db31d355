from django.urls import path

from smo_kit.comments import opinions, own_comment, views, writing
from smo_kit.comments.decisions import Confirm, Decide
from smo_kit.core import converters  # noqa: F401  # "smo_id"

app_name = "smo_comments"
urlpatterns = [
    path("comments/new/", writing.new, name="new"),
    path("comments/mine/", views.mine, name="mine"),
    path("comments/claim/", views.claim_own, name="claim"),
    path("comments/sent/<str:token>/", own_comment.sent, name="sent"),
    path("comments/<smo_id:pk>/", views.comment, name="comment"),
    path("comments/<smo_id:pk>/edit/", own_comment.change, name="edit"),
    path("comments/<smo_id:pk>/vote/", opinions.vote, name="vote"),
    path("comments/<smo_id:pk>/report/", opinions.report, name="report"),
    path("comments/confirm/<str:token>/", Confirm.as_view(), name="confirm"),
    path("comments/decide/<str:token>/", Decide.as_view(), name="decide"),
]
