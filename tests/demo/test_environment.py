"""What the environment may say, and what it is told when it is wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from demo_site import environment


def test_without_an_environment_everything_lives_in_the_state_folder(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "SMO_TASKS", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    assert environment.database(tmp_path)["NAME"] == str(tmp_path / "db.sqlite3")
    assert environment.database(tmp_path)["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert environment.cache()["BACKEND"].endswith("LocMemCache")
    assert environment.mailer() == ("dummy", {})
    assert environment.keeps_mail()
    assert environment.task_backend() == "immediate"
    assert environment.hosts() == ["127.0.0.1", "localhost", "[::1]"]


def test_the_state_folder_can_be_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("SMO_DEMO_HOME", str(tmp_path / "a" / "b"))
    assert environment.state_folder(tmp_path) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("under", ["", "/deeper"])
def test_a_state_folder_that_is_none_is_told_with_the_cure(monkeypatch, tmp_path, under):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SMO_DEMO_HOME", f"{tmp_path}/file{under}")
    with pytest.raises(ImproperlyConfigured, match="Give SMO_DEMO_HOME a folder"):
        environment.state_folder(tmp_path)


@pytest.mark.parametrize(("url", "asked"), [("mysql://u:p@h/n", True), ("sqlite:////tmp/x.sqlite3", False)])
def test_a_connection_to_a_server_is_tried_before_it_is_used_again(monkeypatch, tmp_path, url, asked):
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database(tmp_path)["CONN_HEALTH_CHECKS"] is asked


def test_the_admin_of_a_demo_that_others_reach_has_no_password_that_they_know(monkeypatch):
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    assert [environment.admin_password(is_reached=one) for one in (False, True)] == [environment.ADMIN, None]
    monkeypatch.setenv("ADMIN_PASSWORD", "stone-by-stone")
    assert environment.admin_password(is_reached=True) == "stone-by-stone"


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path / "key")
    assert len(key) > 50
    assert environment.secret_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.secret_key(tmp_path / "key") == "given"


def test_what_is_kept_is_made_once_and_nobody_else_reads_it(tmp_path):
    file = tmp_path / "secret"
    assert environment.kept(file, lambda: "first") == environment.kept(file, lambda: "second") == "first"
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [file]


def test_of_two_that_make_it_at_once_both_read_the_same(tmp_path):
    file = tmp_path / "secret"
    assert environment.kept(file, lambda: environment.kept(file, lambda: "first") and "second") == "first"


def test_the_demos_own_network_is_one_port_on_and_knows_where_to_send_people_back_to(monkeypatch):
    monkeypatch.setenv("SMO_DEMO_ADDRESS", "http://127.0.0.1:8042")
    monkeypatch.setenv("ALLOWED_HOSTS", "demo.example")
    assert environment.provider_address() == "http://127.0.0.1:8043"
    back = [environment.callback(origin) for origin in environment.origins()]
    assert back[0] == "http://127.0.0.1:8042/accounts/oidc/demo/login/callback/"
    assert back[-1].startswith("http://demo.example:8042/")


def test_services_are_read_from_their_addresses(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h:5433/n")
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me%40x:pa%3Ass@mail.example:2525?timeout=3")
    monkeypatch.setenv("ALLOWED_HOSTS", "demo.example, other.example")
    assert environment.database(tmp_path)["ENGINE"].endswith("postgresql")
    backend, options = environment.mailer()
    assert (backend, options["host"], options["port"], options["use_tls"]) == ("smtp", "mail.example", 2525, True)
    assert (options["username"], options["password"], options["timeout"]) == ("me@x", "pa:ss", 3)
    assert not environment.keeps_mail()
    assert environment.hosts()[-2:] == ["demo.example", "other.example"]


@pytest.mark.parametrize("version", [(5, 2), (6, 1)])
def test_mail_settings_have_the_names_that_django_knows(monkeypatch, version):
    monkeypatch.setenv("EMAIL_URL", "file:///tmp/mails")
    monkeypatch.setattr(environment.django, "VERSION", version)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    assert environment.mail() == (
        {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": "/tmp/mails"}
        if version < (6, 1)
        else {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {"file_path": "/tmp/mails"}}}}
    )


def test_redis_is_the_cache_where_its_package_is(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:6379/1")
    monkeypatch.setattr(environment, "find_spec", lambda name: object())
    assert environment.cache()["LOCATION"] == "redis://127.0.0.1:6379/1"
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="pip install redis"):
        environment.cache()


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("SMO_TASKS", "rabbits", "immediate, database, celery"),
        ("CACHE_URL", "memcached://x", "redis://"),
        ("CACHE_URL", "redis://[", "no address"),
        ("EMAIL_URL", "pigeon://x", "console://"),
        ("EMAIL_URL", "smtp://host:port", "no address"),
        ("DATABASE_URL", "oracle-of-delphi://x", "sqlite:///FILE"),
    ],
)
def test_a_wrong_value_is_answered_with_the_choices(monkeypatch, tmp_path, name, value, cure):
    monkeypatch.setenv(name, value)
    read = {
        "SMO_TASKS": environment.task_backend,
        "CACHE_URL": environment.cache,
        "EMAIL_URL": environment.mail,
        "DATABASE_URL": lambda: environment.database(tmp_path),
    }
    with pytest.raises(ImproperlyConfigured, match=cure):
        read[name]()


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL", "CACHE_URL"])
def test_no_error_repeats_a_password(monkeypatch, tmp_path, name):
    monkeypatch.setenv(name, "wrong://user:hunter2@host/x")
    read = {
        "DATABASE_URL": lambda: environment.database(tmp_path),
        "EMAIL_URL": environment.mail,
        "CACHE_URL": environment.cache,
    }
    with pytest.raises(ImproperlyConfigured) as error:
        read[name]()
    assert "hunter2" not in str(error.value)


def test_celery_is_asked_for_with_its_broker(monkeypatch):
    monkeypatch.setenv("SMO_TASKS", "celery")
    monkeypatch.setenv("CELERY_BROKER_URL", "amqp://u:p@h:5673//")
    monkeypatch.setattr(environment, "find_spec", lambda name: object())
    assert environment.task_backend() == "celery"
    assert environment.broker()["CELERY_BROKER_URL"] == "amqp://u:p@h:5673//"
    assert "smo_kit.contrib.celery" in environment.task_apps()


@pytest.mark.parametrize("url", ["", "redis://", "sqs://u:hunter2@h", "http://h"])
def test_without_a_right_broker_celery_is_told_the_choices(monkeypatch, url):
    monkeypatch.setenv("SMO_TASKS", "celery")
    monkeypatch.setenv("CELERY_BROKER_URL", url)
    monkeypatch.setattr(environment, "find_spec", lambda name: object())
    with pytest.raises(ImproperlyConfigured, match="CELERY_BROKER_URL=redis://") as error:
        environment.broker()
    assert "hunter2" not in str(error.value)


def test_celery_that_is_not_installed_is_told_with_the_cure(monkeypatch):
    monkeypatch.setenv("SMO_TASKS", "celery")
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"smo-kit\[celery\]"):
        environment.broker()


def test_without_celery_there_is_nothing_of_it(monkeypatch):
    monkeypatch.setenv("SMO_TASKS", "database")
    assert (environment.broker(), environment.task_apps()) == ({}, ())


def test_machines_that_share_their_work_are_told_their_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("CLIENT_SECRET", "given")
    assert environment.secret(tmp_path / "client_secret") == "given"
    assert list(tmp_path.iterdir()) == []


def test_media_may_be_elsewhere(monkeypatch, tmp_path):
    monkeypatch.delenv("MEDIA_ROOT", raising=False)
    assert environment.media_folder(tmp_path) == tmp_path / "media"
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "shared"))
    assert environment.media_folder(tmp_path) == tmp_path / "shared"
