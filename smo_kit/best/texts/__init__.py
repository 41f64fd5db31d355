"""Texts as bags of words, and what their words weigh. No Django in here."""
