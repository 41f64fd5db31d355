"""The leak audit: what locks hide, looked for at every exit of the site. See ``docs/apps/lock_leaks.md``."""
