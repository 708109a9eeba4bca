"""Child processes that end with this one, and waiting for their effects."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.25


class Failure(Exception):
    """A failure, described in one sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(what: str, seconds: float, look: Callable[[], T | None]) -> T:
    """Returns the first truthy result of look(). A Failure names what did not happen in time."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {seconds:.0f} s")
        time.sleep(POLL_SECONDS)


def run(command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
    """Runs a command to its end. A Failure quotes the end of its output."""
    with log.open("w") as out:
        done = subprocess.run(command, env=dict(environment), stdout=out, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        said = "\n".join(log.read_text().splitlines()[-25:])
        raise Failure(f"`{' '.join(command[:2])}` ended with {done.returncode}:\n{said}\n(complete output: {log})")


class Child:
    """A process in its own group, so that its children end with it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, cleanup: ExitStack):
        self.log = log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                command, env=dict(environment), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        cleanup.callback(self.stop)

    def check(self) -> None:
        if self.process.poll() is not None:
            raise Failure(f"a process ended with {self.process.returncode}: see {self.log}")

    def stop(self) -> None:
        """Terminates the group, then kills it."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, how)
                self.process.wait(timeout=10)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue
