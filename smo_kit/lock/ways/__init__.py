"""The ways to open a lock, a module each: what it takes, and whether it is done."""
