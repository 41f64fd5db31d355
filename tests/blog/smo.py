from smo_kit.core.cards import Card, register
from tests.blog.models import Content, Notice, Post, Story, Telling


@register(Post, public=lambda: Post.objects.filter(is_public=True).select_related("author"))
def post_card(post: Post) -> Card:
    return Card(
        url=post.get_absolute_url(),
        title=post.title,
        summary=post.lead,
        image=post.cover,
        published=post.published_at,
        owner=post.author,
        author=post.author.get_full_name() if post.author else "",
        text=post.body,
        tags=[str(tag) for tag in post.tags.all()],
    )


def _story(telling: Telling) -> Story:
    return telling.story


@register(
    Telling,
    public=lambda: Telling.objects.filter(story__is_public=True).select_related("story"),
    subject=_story,
    languages=lambda telling: [telling.language],
)
def telling_card(telling: Telling) -> Card:
    urls = {one.language: one.get_absolute_url() for one in telling.story.tellings.all()}
    return Card(url=telling.get_absolute_url(), title=telling.title, language=telling.language, alternates=urls)


@register(
    Content,
    public=lambda: Content.objects.filter(state="published"),
    subject=lambda content: content.page,
    languages=lambda content: [content.language],
)
def content_card(content: Content) -> Card:
    return Card(url=f"/{content.language}/pages/{content.page_id}/", title=content.title, language=content.language)


@register(Notice, languages=lambda notice: ["en", "ru"])
def notice_card(notice: Notice) -> Card:
    return Card(url=f"/notices/{notice.pk}/", title=notice.title)
