"""SMO: best materials in the admin. Each page has a module of its own."""

from smo_kit.best.desk.curation_admin import CurationAdmin
from smo_kit.best.desk.offer_admin import OfferAdmin
from smo_kit.best.desk.pick_admin import PickAdmin

__all__ = ["CurationAdmin", "OfferAdmin", "PickAdmin"]
