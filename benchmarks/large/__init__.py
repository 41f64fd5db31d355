"""What a site costs when it has grown: ``python -m benchmarks.large``, see ``__main__.py``."""
