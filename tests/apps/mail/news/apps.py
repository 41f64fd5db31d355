from django.apps import AppConfig


class NewsConfig(AppConfig):
    """An app that sends mail, as small as one can be."""

    name = "tests.apps.mail.news"

    def ready(self) -> None:
        from smo_kit.mail.kinds import Kind, register_kind

        register_kind(Kind(id="news", label="News", can_unsubscribe=True))
