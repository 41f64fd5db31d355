"""smo-kit: social media optimization for Django and django CMS."""

__version__ = "0.1.0"
