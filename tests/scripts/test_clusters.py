"""PostgreSQL runs while a command needs it, and no longer."""

import os
import signal
import socket
import subprocess
import time
import urllib.request

import pytest


def wait_for(condition, seconds=60):
    """Wait until the condition is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.2)


def serving_base(commands):
    """A demo database of Odoo's own modules, marked complete: made in seconds."""
    made = commands.bash(
        """
        make_folders
        HOME_OF_ODOO=$(odoo_home)
        need_venv
        use_cluster server
        write_odoo_conf
        change_modules -i web --without-demo "$DEMO"
        mark_database "$DEMO" "complete $(modules hash "${MODULES[@]}")"
        """
    )
    assert made.returncode == 0, made.stderr
    assert commands.cluster_stopped()


def free_port():
    """A port that nobody uses now."""
    return str(30000 + os.getpid() % 20000)


def test_odoo_command_starts_and_stops_the_cluster(commands):
    process = commands.run("odoo", "--version")
    assert process.returncode == 0, process.err
    assert "19.0" in process.out
    assert commands.cluster_stopped()


def test_exit_code_is_odoos_own(commands):
    assert commands.run("odoo", "no-such-command").returncode not in (0, 64)


def test_the_last_user_stops_the_cluster(commands):
    first = commands.start("odoo", "shell", stdin=subprocess.PIPE)
    running = commands.state / "server/run/.s.PGSQL.5432"
    wait_for(running.exists)
    assert commands.run("odoo", "--version").returncode == 0
    assert running.exists()
    out, err = first.communicate("print('still here')\n", timeout=60)
    assert (first.returncode, "still here" in out) == (0, True), err
    assert commands.cluster_stopped()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_odoo_and_the_cluster(commands, number):
    process = commands.start("odoo", "shell", stdin=subprocess.PIPE)
    process.stdin.write("import time; print('up', flush=True); time.sleep(300)\n")
    process.stdin.close()
    while process.stdout.readline() != "up\n":
        assert process.poll() is None, process.stderr.read()
    os.killpg(process.pid, number)
    assert process.wait(timeout=60) != 0
    assert commands.cluster_stopped()


def serve(commands, port):
    """Start script/server, return the process and its lines once it serves."""
    process = commands.start("server", PORT=port)
    lines = []
    while not lines or "Ctrl-C" not in lines[-1]:
        lines.append(process.stderr.readline())
        assert lines[-1], "".join(lines)
    return process, lines


def test_server_serves_until_a_signal(commands):
    serving_base(commands)
    port = free_port()
    process, lines = serve(commands, port)
    assert any(f"http://localhost:{port}" in line for line in lines)
    assert any("admin planner hr operator gate" in line for line in lines)
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login", timeout=30)
    assert page.status == 200
    again = commands.run("server", PORT=port)
    assert again.returncode == 64
    assert "already runs in this clone" in again.err
    # As Ctrl-C in a terminal does: to all processes at once.
    os.killpg(process.pid, signal.SIGINT)
    assert_ended(commands, process, port)
    # As a service manager does: to the command alone. A second start is quick.
    started = time.monotonic()
    process, lines = serve(commands, port)
    assert time.monotonic() - started < 60
    assert not any("half made" in line for line in lines)
    process.terminate()
    assert_ended(commands, process, port)


def assert_ended(commands, process, port):
    """The server has ended well, and nothing of it is left."""
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Stopped." in err
    assert commands.cluster_stopped()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0


def test_half_made_database_is_made_again(commands):
    remade = commands.bash(
        """
        make_folders
        HOME_OF_ODOO=$(odoo_home)
        need_venv
        use_cluster server
        sql postgres "CREATE DATABASE security_demo"
        make_demo() {
            sql postgres "CREATE DATABASE security_demo"
            mark_database security_demo "complete $1"
        }
        need_demo
        need_demo
        database_mark security_demo
        """
    )
    assert remade.returncode == 0, remade.stderr
    assert remade.stderr.count("was left half made") == 1
    assert remade.stdout.startswith("complete ")
