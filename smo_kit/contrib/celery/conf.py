"""How Celery does tasks that only say "look there": none is lost for long, nobody waits for the broker.

It imports nothing of Django, so that settings.py can call it.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

BACKEND: Final = "smo_kit.contrib.celery.backend.CeleryBackend"
"""For ``TASKS``."""
APPS: Final = ("django_tasks_fennel", "smo_kit.contrib.celery")
"""For ``INSTALLED_APPS``."""

_PATIENCE: Final = 2
_REDIS: Final = {"redis", "rediss", "sentinel"}


def celery_settings(broker: str) -> dict[str, Any]:
    """Return Celery's settings for Django's settings.py, by the address of its broker (``redis://``, ``amqp://``).

    - A task is acknowledged when it is done: one whose worker was killed goes to another. RabbitMQ gives it away at
      once, Redis after five minutes.
    - No result is stored: what became of a task stands in the tables that it works on.
    - Who posts waits at most two seconds for a broker that is away, and is not told: the work is found without a task.
    """
    options: dict[str, Any] = {}
    if urlsplit(broker).scheme.partition("+")[0] in _REDIS:
        options = {
            "visibility_timeout": 300,
            "socket_connect_timeout": _PATIENCE,
            "socket_timeout": 30,
            "socket_keepalive": True,
        }
    return {
        "CELERY_BROKER_URL": broker,
        "CELERY_BROKER_CONNECTION_TIMEOUT": _PATIENCE,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BROKER_TRANSPORT_OPTIONS": options,
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
        "CELERY_TASK_PUBLISH_RETRY": False,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
    }
