"""The best materials of a site: what is liked, and what is related to what."""
