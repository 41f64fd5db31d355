"""What the world sees of our pages when somebody shares them. This is all that smo-kit asks of a site."""

from django.conf import settings

from demo_site.articles.addresses import in_every_language
from demo_site.articles.models import Article, Author, Translation
from smo_kit.core.cards import Card, register


def _article(translation: Translation) -> Article:
    return translation.article


@register(Translation, public=Translation.objects.public, subject=_article, languages=lambda one: [one.language])
def translation_card(translation: Translation) -> Card:
    article, author = translation.article, translation.article.author
    return Card(
        url=translation.get_absolute_url(),
        title=translation.title,
        summary=translation.summary,
        image=article.cover,
        image_alt=translation.cover_alt,
        published=article.published_at,
        modified=translation.modified_at,
        author=author.name if author else "",
        author_url=author.get_absolute_url() if author else "",
        owner=author.user if author else None,
        tags=tuple(tag.name for tag in article.tags.all()),
        language=translation.language,
        alternates=article.addresses,
        text=translation.body,
    )


@register(Author, public=Author.objects.public, languages=lambda author: [code for code, _ in settings.LANGUAGES])
def author_card(author: Author) -> Card:
    return Card(
        url=author.get_absolute_url(),
        title=author.name,
        summary=author.bio,
        alternates=in_every_language("author", author.slug),
        kind="profile",
    )
