"""Which pages are best, by what people did."""
