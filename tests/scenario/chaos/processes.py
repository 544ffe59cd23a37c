"""Ending a process as a power cut does."""

import time
from contextlib import suppress

import psutil

PATIENCE = 30


def _is_gone(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill(process):
    """End a process and all that it started with SIGKILL, at one stroke.

    It is halted first, so that nothing is started while it is being looked at.

    :param process: ``subprocess.Popen``
    """
    if process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(process.pid)
            parent.suspend()
            family = [parent, *parent.children(recursive=True)]
            for each in family:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            end = time.monotonic() + PATIENCE
            while not all(map(_is_gone, family)):
                if time.monotonic() > end:
                    raise TimeoutError(f"does not die: {family}")
                time.sleep(0.005)
    process.wait(PATIENCE)
