"""Faults of mail that ``manage.py check`` finds."""
