"""Faults of best materials that ``manage.py check`` finds."""
