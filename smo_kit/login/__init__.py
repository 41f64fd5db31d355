"""Signing in with an account that the reader has elsewhere, on django-allauth."""
