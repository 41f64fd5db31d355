"""What best materials hear."""
