"""Middleware for sites whose admin stands outside of ``i18n_patterns``."""

from __future__ import annotations

from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

LOOKS: Final = {f"cms_placeholder_render_object_{name}" for name in ("edit", "preview", "structure")}
"""Names of the routes by which the CMS shows a version of something to editors."""


class LanguageOfDraft(MiddlewareMixin):
    """Shows editors each version in the language that it is written in, whatever language the admin speaks.

    django CMS looks for the texts of a page in the language of the request. Where the admin's addresses have none, that
    is the browser's, and a draft in another one seems to be empty. It stands anywhere behind LocaleMiddleware.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of the version that the request asks for, if it asks for one."""
        if language := language_of_draft(request.path_info):
            translation.activate(language)
            request.LANGUAGE_CODE = language


def language_of_draft(path: str) -> str:
    """Return the language of the version that an address of the CMS shows to editors; "" for any other address."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    if match.url_name not in LOOKS:
        return ""
    type_id, pk = match.args
    try:
        model = ContentType.objects.get_for_id(int(type_id)).model_class()
        if model is None or not model._meta.get_field("language").concrete:
            return ""
    except (ContentType.DoesNotExist, FieldDoesNotExist):
        return ""
    return model._base_manager.filter(pk=pk).values_list("language", flat=True).first() or ""
