"""The site of the workers with tasks by Celery; its worker works one task after the other."""

from __future__ import annotations

import os

from kombu import Exchange, Queue

from smo_kit.contrib.celery.conf import APPS, BACKEND, celery_settings
from tests.apps.mail.worker_settings import *  # noqa: F403
from tests.apps.mail.worker_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, *APPS]
TASKS = {"default": {"BACKEND": BACKEND, "QUEUES": []}}
globals().update(celery_settings(os.environ["CELERY_BROKER_URL"]))
CELERY_BROKER_TRANSPORT_OPTIONS = {**globals()["CELERY_BROKER_TRANSPORT_OPTIONS"], "visibility_timeout": 3}
_QUEUE = os.environ["QUEUE"]
CELERY_TASK_QUEUES = [Queue(_QUEUE, Exchange(_QUEUE), routing_key=_QUEUE, alias="default")]  # apart from other tests
