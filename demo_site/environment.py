"""What the demo reads from its environment: where its state lives, which services it uses. Errors name the cure."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from tempfile import NamedTemporaryFile
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import dj_database_url
import django
from django.core.exceptions import ImproperlyConfigured

from smo_kit.contrib.celery import conf as celery

_TASKS: Final = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
TASK_BACKENDS: Final = {
    "immediate": f"{_TASKS}.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
    "celery": celery.BACKEND,
}
BROKERS: Final = ("amqp", "amqps", "redis", "rediss")
SQLITE_OPTIONS: Final = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN; with DEFERRED two writers end in "database is locked"
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}
MAIL_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PLAIN_MAIL: Final = {"console": "console", "memory": "locmem", "dummy": "dummy"}
OLD_MAIL_NAMES: Final = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
    "file_path": "EMAIL_FILE_PATH",
}
"""The settings before Django 6.1 of what is an option of a mailer since."""

ADMIN: Final = "admin"
"""The name of the demo's admin."""
PROVIDER: Final = "demo"
"""What the demo calls its own network."""
CLIENT: Final = "smo-demo"
"""What its own network calls the demo."""


def state_folder(root: Path) -> Path:
    """Return the folder of everything that the demo writes: ``SMO_DEMO_HOME``, else ``.work/``."""
    folder = Path(os.environ.get("SMO_DEMO_HOME") or root / ".work").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "it is no folder" if isinstance(error, FileExistsError) else error.strerror
        raise ImproperlyConfigured(
            f"{folder} can't be the demo's folder: {why}. Give SMO_DEMO_HOME a folder that you may write to."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{folder} can't be written to. Give SMO_DEMO_HOME a folder of your own.")
    return folder


def secret_key(file: Path) -> str:
    """Return the secret key in a file, making one at first. ``SECRET_KEY`` in the environment comes before it."""
    return os.environ.get("SECRET_KEY") or secret(file)


def secret(file: Path) -> str:
    """Return the secret in a file, making one at first; the environment's of the same name in capitals, if any."""
    return kept(file, lambda: token_urlsafe(50))


def kept(file: Path, make: Callable[[], str]) -> str:
    """Return what is in a file that its owner alone may read; at first what ``make`` returns.

    What the environment says by the file's name (``CLIENT_SECRET``) comes before: machines that share their work share
    their secrets.
    """
    if given := os.environ.get(file.stem.upper()):
        return given
    if not file.exists():
        with NamedTemporaryFile("w", dir=file.parent, prefix=file.name) as new:
            new.write(make())
            new.flush()
            with suppress(FileExistsError):
                os.link(new.name, file)  # whole at once: another process may read it now
    return file.read_text()


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings for ``DATABASE_URL``; SQLite in the state folder without one."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'db.sqlite3'}"
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL can't be read: give sqlite:///FILE or postgres|mysql://USER:PASSWORD@HOST:PORT/NAME."
        ) from error
    if parsed["ENGINE"].endswith("sqlite3"):
        parsed["OPTIONS"] = SQLITE_OPTIONS | parsed.get("OPTIONS", {})
    else:
        parsed["CONN_HEALTH_CHECKS"] = True  # a server that was restarted is met by a new connection
    return parsed


def cache() -> dict[str, Any]:
    """Return Django's settings for ``CACHE_URL``; the memory of the process without one."""
    url = _url("CACHE_URL", "locmem://")
    if url.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    if url.scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"CACHE_URL begins with {url.scheme!r}: give locmem:// or redis://HOST:PORT/NUMBER.")
    if not find_spec("redis"):
        raise ImproperlyConfigured("CACHE_URL names Redis: pip install redis, or leave it out.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url.geturl()}


def media_folder(folder: Path) -> Path:
    """Return where uploads and card images are kept: ``MEDIA_ROOT``, which all machines share, else here."""
    return Path(os.environ.get("MEDIA_ROOT") or folder / "media").resolve()


def files_folder() -> str:
    """Return where files of downloads are kept: ``FILES_ROOT``, which all machines share; "": beside the media."""
    return os.environ.get("FILES_ROOT", "")


def sender() -> str:
    """Return who the demo's mails are from: ``DEFAULT_FROM_EMAIL``."""
    return os.environ.get("DEFAULT_FROM_EMAIL") or "Shareworthy <magazine@localhost>"


def keeps_mail() -> bool:
    """Say whether mails stay here, to be read at ``/mail/``: no ``EMAIL_URL`` says where they go."""
    return not os.environ.get("EMAIL_URL")


def admin_password(*, is_reached: bool) -> str | None:
    """Return the password of the demo's admin: on one machine his name; else ``ADMIN_PASSWORD``, None without it."""
    return (os.environ.get("ADMIN_PASSWORD") or None) if is_reached else ADMIN


def metrics_token() -> str:
    """Return by what ``/smo/metrics/`` may be read: ``METRICS_TOKEN``; without it nobody reads them."""
    return os.environ.get("METRICS_TOKEN", "")


def mail() -> dict[str, Any]:
    """Return Django's mail settings by the names that this Django has."""
    backend, options = mailer()
    backend = f"django.core.mail.backends.{backend}.EmailBackend"
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
    old = {OLD_MAIL_NAMES[name]: value for name, value in options.items()}
    return {"EMAIL_BACKEND": backend, **old}


def mailer() -> tuple[str, dict[str, Any]]:
    """Return the backend and its options for ``EMAIL_URL``; without one mails go nowhere."""
    url = _url("EMAIL_URL", "dummy://")
    if url.scheme in PLAIN_MAIL:
        return PLAIN_MAIL[url.scheme], {}
    if url.scheme == "file":
        return "filebased", {"file_path": url.path}
    if url.scheme not in MAIL_PORTS or not url.hostname:
        choices = ", ".join([*(f"{scheme}://" for scheme in PLAIN_MAIL), "file:///FOLDER"])
        raise ImproperlyConfigured(
            f"EMAIL_URL begins with {url.scheme!r}: give {choices}, or {'|'.join(MAIL_PORTS)}://USER:PASSWORD@HOST:PORT."
        )
    return "smtp", {
        "host": url.hostname,
        "port": url.port or MAIL_PORTS[url.scheme],
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_tls": url.scheme == "smtp+tls",
        "use_ssl": url.scheme == "smtps",
        "timeout": int(dict(parse_qsl(url.query)).get("timeout", 10)),
    }


def task_backend() -> str:
    """Return the name of the way that ``SMO_TASKS`` chooses for background work."""
    name = os.environ.get("SMO_TASKS") or "immediate"
    if name not in TASK_BACKENDS:
        raise ImproperlyConfigured(f"SMO_TASKS={name!r}: give one of {', '.join(TASK_BACKENDS)}.")
    return name


def task_apps() -> tuple[str, ...]:
    """Return the apps that ``SMO_TASKS`` needs besides those that are always there."""
    return celery.APPS if task_backend() == "celery" else ()


def broker() -> dict[str, Any]:
    """Return Celery's settings for ``CELERY_BROKER_URL``; none where ``SMO_TASKS`` is something else."""
    if task_backend() != "celery":
        return {}
    if not find_spec("celery") or not find_spec("django_tasks_fennel"):
        raise ImproperlyConfigured("SMO_TASKS=celery needs more packages: pip install 'smo-kit[celery]'.")
    url = _url("CELERY_BROKER_URL", "")
    if url.scheme not in BROKERS or not url.hostname:
        choices = "redis://HOST:PORT/NUMBER or amqp://USER:PASSWORD@HOST:PORT/VHOST"
        raise ImproperlyConfigured(f"SMO_TASKS=celery needs the address of a broker: CELERY_BROKER_URL={choices}.")
    return celery.celery_settings(url.geturl())


def address() -> str:
    """Return where links of mails lead: ``SMO_DEMO_ADDRESS``, which ``manage.py demo`` sets, else this machine."""
    return os.environ.get("SMO_DEMO_ADDRESS") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"


def provider_address() -> str:
    """Return where the demo's own network is: beside the demo, one port on."""
    return f"http://127.0.0.1:{_port() + 1}"


def origins() -> list[str]:
    """Return where the demo's pages are, for its own network to send people back to."""
    return [f"http://{host}:{_port()}" for host in hosts()]


def callback(origin: str) -> str:
    """Return the address of the demo that its own network sends people back to."""
    return f"{origin}/accounts/oidc/{PROVIDER}/login/callback/"


def _port() -> int:
    return urlsplit(address()).port or 80


def hosts() -> list[str]:
    """Return the hosts that the demo answers for: this machine's, and ``ALLOWED_HOSTS`` (with commas)."""
    more = os.environ.get("ALLOWED_HOSTS", "").split(",")
    return ["127.0.0.1", "localhost", "[::1]", *filter(None, map(str.strip, more))]


def _url(name: str, default: str) -> SplitResult:
    value = os.environ.get(name) or default
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is no address: {error}.") from error
    return url
