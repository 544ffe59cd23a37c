"""Each refusal is one sentence with the remedy, and the next run simply goes on."""

import fcntl
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

UNREACHABLE = "http://127.0.0.1:9/debian"


def program(folder, name, text):
    """An executable of the test's own, found before the machine's."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("port", ["abc", "0", "70000", "80 80", "-1"])
def test_port_is_not_a_port(refused, commands, port):
    refused("server", words=["PORT=", "1024 to 65535"], PORT=port)
    assert not (commands.state / "server").exists()


def test_port_taken_is_refused_before_any_work(refused, commands):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused("server", words=[port, "choose another port"], PORT=port)
    assert not (commands.state / "server").exists()


def test_full_disk(refused, commands):
    path = commands.folder / "bin"
    program(path, "df", "printf 'head\\ndisk 9 9 4194303 9%% /\\n'")
    environment = {
        "PATH": f"{path}:{os.environ['PATH']}",
        "SECURITY_SUITE_CACHE": str(commands.folder / "cache"),
    }
    refused(
        "bootstrap", words=["4095 MB free", "4096 MB", "free some space"], **environment
    )
    # Room again: the same command goes on with what is in the cache.
    assert commands.run("bootstrap").returncode == 0


def test_python_too_old(refused, commands):
    python = program(commands.folder / "bin", "python3.9", "echo 3.9")
    refused(
        "bootstrap", words=["Python 3.9", "3.10 to 3.13", "PYTHON="], PYTHON=str(python)
    )


def test_python_too_new(refused, commands):
    python = program(commands.folder / "bin", "python3.14", "echo 3.14")
    refused("bootstrap", words=["Python 3.14", "3.10 to 3.13"], PYTHON=str(python))


def test_python_is_not_there(refused):
    refused("bootstrap", words=["not a Python interpreter"], PYTHON="/nowhere/python3")


def test_odoo_home_without_odoo(refused, commands):
    refused("bootstrap", words=["ODOO_HOME", "19.0"], ODOO_HOME=str(commands.folder))


def test_odoo_home_of_another_version(refused, commands):
    package = commands.folder / "old" / "odoo"
    package.mkdir(parents=True)
    (package / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    refused("bootstrap", words=["ODOO_HOME", "19.0"], ODOO_HOME=str(package.parent))


def without_rights(commands, missing):
    """A user who may not install, on a machine where a program is missing.

    The programs of the machine are linked into one folder, all but the missing ones
    and sudo.
    """
    path = commands.folder / "path"
    path.mkdir()
    for folder in reversed(os.environ["PATH"].split(":")):
        for file in Path(folder).glob("*") if folder else ():
            if file.name not in {*missing, "sudo"}:
                link = path / file.name
                link.unlink(missing_ok=True)
                link.symlink_to(file.resolve() if file.name != "python3" else file)
    commands.copy_scripts()
    for name in ("home", "cache", "state"):
        (commands.folder / name).mkdir()
        (commands.folder / name).chmod(0o777)
    environment = {
        "PATH": str(path),
        "PYTHON": sys.executable if os.geteuid() else "/usr/bin/python3",
        "HOME": str(commands.folder / "home"),
        "SECURITY_SUITE_CACHE": str(commands.folder / "cache"),
    }
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    return environment, nobody if os.geteuid() == 0 else ()


def test_missing_package_and_no_rights(refused, commands):
    environment, prefix = without_rights(commands, missing={"wkhtmltopdf"})
    refused(
        "bootstrap",
        words=["may not install", "apt-get install", "wkhtmltopdf"],
        prefix=prefix,
        **environment,
    )


def test_no_place_to_write(refused, commands):
    environment, prefix = without_rights(commands, missing=())
    environment["SECURITY_SUITE_CACHE"] = "/proc/nowhere"
    refused(
        "bootstrap",
        words=["cannot write", "SECURITY_SUITE_CACHE"],
        prefix=prefix,
        **environment,
    )


def test_no_network_for_odoo(refused, commands):
    cache = commands.folder / "cache"
    process = refused(
        "bootstrap",
        words=["mirror cannot be reached", "run again"],
        SECURITY_SUITE_CACHE=str(cache),
        DEBIAN_MIRROR=UNREACHABLE,
    )
    assert "Index of Debian packages" in process.err
    assert not (cache / "odoo.current").exists()


def test_no_network_for_libraries(refused, commands):
    cache = commands.folder / "cache"
    cache.mkdir()
    offline = {
        "SECURITY_SUITE_CACHE": str(cache),
        "ODOO_HOME": commands.bash("odoo_home").stdout.strip(),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(commands.folder),
    }
    refused(
        "bootstrap", words=["libraries could not be downloaded", "run again"], **offline
    )
    assert not list(cache.glob("venv-*"))


def test_broken_download_is_removed_and_the_next_run_fetches_it(commands):
    cache = commands.folder / "cache"
    debs = cache / "debs"
    debs.mkdir(parents=True)
    (debs / "odoo-19_19.0_all.deb").write_bytes(b"!<arch>\ndebian-binary cut")
    environment = {"SECURITY_SUITE_CACHE": str(cache)}
    broken = commands.bash("make_folders; step Unpack unpack_packages", **environment)
    assert broken.returncode == 64, broken.stderr
    assert "download of odoo-19 is broken" in broken.stderr
    assert "run again" in broken.stderr
    assert not debs.exists()
    assert not list(cache.glob("odoo*"))
    # The real thing, from an empty cache and with nothing set by hand.
    environment["ODOO_HOME"] = ""
    process = commands.run("bootstrap", timeout=600, **environment)
    assert process.returncode == 0, process.err
    static = next(cache.glob("odoo-19*")) / "usr/lib/python3/dist-packages/odoo/addons"
    icons = static / "web/static/src/libs/fontawesome/fonts/fontawesome-webfont.woff2"
    assert icons.read_bytes()[:4] == b"wOF2"
    shutil.rmtree(cache)


def test_path_too_long_for_a_socket(refused, commands):
    state = commands.folder / ("long" * 30)
    refused(
        "odoo",
        "--version",
        words=["too long for a socket"],
        SECURITY_SUITE_STATE=str(state),
    )


def test_unknown_part(refused):
    refused("test", "nothing", words=["unknown part nothing", "engine"])


@pytest.mark.parametrize("name", ["test", "server"])
def test_a_second_one_in_the_same_clone(refused, commands, name):
    commands.state.mkdir()
    with open(commands.state / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused(
            name, words=["already runs in this clone", "another clone"], PORT="8998"
        )
