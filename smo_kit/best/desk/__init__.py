"""What editors see and decide."""
