"""What best materials hear."""

from django.db.models.signals import post_delete, post_save

from smo_kit.best.choices import on_choice, on_curation, on_pick
from smo_kit.best.models import Choice, Curation, Pick

post_save.connect(on_curation, sender=Curation, dispatch_uid="smo_kit.best.curation")
post_delete.connect(on_curation, sender=Curation, dispatch_uid="smo_kit.best.no_curation")
post_save.connect(on_choice, sender=Choice, dispatch_uid="smo_kit.best.choice")
post_delete.connect(on_choice, sender=Choice, dispatch_uid="smo_kit.best.no_choice")
post_save.connect(on_pick, sender=Pick, dispatch_uid="smo_kit.best.pick")
post_delete.connect(on_pick, sender=Pick, dispatch_uid="smo_kit.best.no_pick")
