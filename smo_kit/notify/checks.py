"""What ``manage.py check`` says of notifications."""
