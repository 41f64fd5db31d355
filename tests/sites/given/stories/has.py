"""A page of the CMS, and a story in two languages below another."""

from cms.api import add_plugin, create_page, create_page_content
from cms.models import PageContent
from cms.utils.placeholder import rescan_placeholders_for_obj
from django.contrib.auth.models import User
from django.db import transaction
from djangocms_stories.cms_appconfig import StoriesConfig, config_defaults
from djangocms_stories.models import Post, PostContent

boss = User.objects.create_superuser("boss", "boss@example.org", "stone-by-stone")


def published(content):
    content.versions.first().publish(boss)
    return content


with transaction.atomic():
    about = create_page("About", "page.html", "en", created_by=boss, slug="about")
    content = PageContent.admin_manager.get(page=about)
    content.rescan_placeholders()
    add_plugin(content.get_placeholders().get(slot="content"), "TextPlugin", "en", body="<p>Who we are</p>")
    published(content)

    settings = {**config_defaults, "set_author": True, "use_placeholder": False, "url_patterns": "slug"}
    config = StoriesConfig.objects.create(namespace="stories", app_title="Stories", object_name="Story", **settings)
    stories = create_page(
        "Stories", "page.html", "en", created_by=boss, slug="stories", apphook="StoriesApp", apphook_namespace="stories"
    )
    create_page_content("ru", "Истории", stories, created_by=boss, slug="stories", template="page.html")
    for one in PageContent.admin_manager.filter(page=stories):
        published(one)

    post = Post.objects.create(app_config=config, author=boss)
    for language, title, words in (("en", "Green tea", "Leaves and water."), ("ru", "Зелёный чай", "Листья и вода.")):
        one = PostContent.objects.with_user(boss).create(
            post=post,
            language=language,
            title=title,
            slug="green-tea",
            abstract=f"<p>{words}</p>",
            post_text=f"<p>{words}</p>",
        )
        rescan_placeholders_for_obj(one)
        published(one)
