from benchmarks.site.models import Article
from smo_kit.core.cards import Card, register


@register(Article)
def article_card(article: Article) -> Card:
    return Card(
        url=article.get_absolute_url(),
        title=article.title,
        summary=article.lead,
        image=article.picture,
        published=article.published,
        text=article.body,
    )
