"""SMO: share in the admin."""

from smo_kit.share.desk.link_admin import LinkAdmin

__all__ = ["LinkAdmin"]
