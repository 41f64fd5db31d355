"""What editors see of locks, and decide."""
