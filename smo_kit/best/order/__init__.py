"""In which order pages are offered beside a page."""
