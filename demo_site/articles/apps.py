from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "demo_site.articles"
    label = "articles"
    verbose_name = _("Magazine")
