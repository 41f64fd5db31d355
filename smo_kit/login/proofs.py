"""Which addresses are a member's: django-allauth has found out."""

from smo_kit.core.members import register_proof, verified_addresses

register_proof(verified_addresses)
