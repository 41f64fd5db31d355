"""``manage.py demo``: what it refuses, and that nothing of it lives on after its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from demo_site.articles import sweeps
from demo_site.articles.children import Children
from demo_site.articles.static_files import collect_if_needed
from tests.browser.demo import free_port

FOREVER = [sys.executable, "-c", "import signal; print('ready', flush=True); signal.pause()"]


@pytest.mark.parametrize("port", ["", "http", "0", "65535", "-1", "８０００"])
def test_a_port_that_is_none_is_told(port):
    with pytest.raises(CommandError, match="is no port: give a number from 1 to 65534"):
        call_command("demo", port=port)


def test_a_demo_that_others_reach_is_served_by_somebody_else(monkeypatch):
    monkeypatch.setenv("SMO_DEMO_ADDRESS", "https://shareworthy.org")
    with pytest.raises(CommandError, match="set the demo up with --set-up and serve it as"):
        call_command("demo", port=str(free_port()))


def test_a_taken_port_is_told_with_the_cure():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is taken by another program. Try: PORT=\d+ make demo"):
            call_command("demo", port=str(port))


def test_a_taken_port_of_its_own_network_is_told_by_the_one_that_was_asked_for():
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        with pytest.raises(CommandError, match=rf"Port {port + 1} is taken .* PORT={port} takes .* Try: PORT=\d+ make"):
            call_command("demo", port=str(port))


def test_children_end_with_their_block():
    with Children({"one": FOREVER, "two": FOREVER}) as children:
        processes = list(children._running.values())
        assert children.dead() == ""
    assert [process.returncode for process in processes] == [-signal.SIGTERM] * 2


def test_a_child_that_ends_by_itself_is_named():
    with Children({"worker": [sys.executable, "-c", "raise SystemExit(3)"]}) as children:
        children._running["worker"].wait(30)
        assert children.dead() == "The worker ended with code 3."


def test_a_child_that_may_be_revived_is_started_again():
    with Children({"worker": FOREVER}, revived={"worker"}, pause=0) as children:
        first = children._running["worker"]
        first.kill()
        first.wait(30)
        assert children.dead() == ""
        assert children._running["worker"].pid != first.pid
        assert children._running["worker"].poll() is None


def test_a_child_waits_for_its_pause_before_it_is_started_again():
    with Children({"worker": FOREVER}, revived={"worker"}, pause=3600) as children:
        first = children._running["worker"]
        first.kill()
        first.wait(30)
        assert (children.dead(), children.dead()) == ("", "")
        assert children._running["worker"] is first


def test_a_child_that_ends_again_and_again_is_given_up(monkeypatch):
    monkeypatch.setattr("demo_site.articles.children.REVIVALS", 2)
    with Children({"worker": ["false"]}, revived={"worker"}, pause=0) as children:
        said = []
        for _ in range(3):
            children._running["worker"].wait(30)
            said.append(children.dead())
    assert said == ["", "", "The worker ended with code 1."]


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux's")
def test_children_end_even_when_their_parent_is_killed():
    """The child holds the writing end of the pipe: reading it to its end waits for the child's."""
    script = f"""
import signal
from demo_site.articles.children import Children
from demo_site.articles import sweeps
with Children({{"child": {FOREVER!r}}}):
    signal.pause()
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"ready\n"
    os.kill(parent.pid, signal.SIGKILL)
    assert parent.stdout.read() == b""
    parent.stdout.close()
    parent.wait()


def test_static_files_are_collected_only_when_they_changed(tmp_path, settings):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    assert collect_if_needed()
    assert not collect_if_needed()
    (source / "b.css").write_text("b{}")
    assert collect_if_needed()
    assert (tmp_path / "collected" / "b.css").exists()


def test_a_sweep_that_fails_is_tried_again_and_ends_nothing(monkeypatch, caplog):
    ran = []

    def call(name, **streams):
        ran.append(name)
        raise CommandError("The cards of 1 objects can't be made")

    monkeypatch.setattr(sweeps, "call_command", call)
    sweeps.sweep(dict.fromkeys(sweeps.SWEEPS, 0.0))
    assert ran == list(sweeps.SWEEPS)
    assert "smo_sync failed; it is tried again in 600 s" in caplog.text
