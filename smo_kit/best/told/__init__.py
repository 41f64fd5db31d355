"""What pages tell of their readers."""
