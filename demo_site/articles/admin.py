from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from demo_site.articles.models import Article, Author, Tag, Tagging, Translation
from smo_kit.meta.admin import SmoAdminMixin


class TranslationInline(admin.StackedInline):
    model = Translation
    extra = 0
    prepopulated_fields = {"slug": ["title"]}


class TaggingInline(admin.TabularInline):
    model = Tagging
    extra = 0
    autocomplete_fields = ["tag"]


@admin.register(Article)
class ArticleAdmin(SmoAdminMixin, admin.ModelAdmin):
    list_display = ["key", "author", "published_at", "is_public"]
    list_filter = ["is_public", "author"]
    search_fields = ["key", "translations__title"]
    date_hierarchy = "published_at"
    inlines = [TranslationInline, TaggingInline]


@admin.register(Author)
class AuthorAdmin(SmoAdminMixin, admin.ModelAdmin):
    list_display = ["name_en", "name_ru", "role_en"]
    search_fields = ["name_en", "name_ru"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["slug", "name_en", "name_ru"]
    search_fields = ["slug", "name_en", "name_ru"]


admin.site.site_header = admin.site.site_title = _("Shareworthy")
