"""Where the CPU of a run goes: its threads, its worker processes, and the memory they hold, from /proc."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Meter:
    """Looks at the threads of this process and at its children every so often; a context manager."""

    def __init__(self, every: float = 0.5) -> None:
        self._every = every
        self._threads: dict[int, tuple[str, float]] = {}
        self._before: dict[int, tuple[str, float]] = {}
        self._children: dict[tuple[int, str], float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="meter", daemon=True)

    def __enter__(self) -> Meter:
        self.look()
        self._before = dict(self._threads)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.look()
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(self._every):
            self.look()

    def look(self) -> None:
        """Note what every thread and child has used up to now."""
        for thread in threading.enumerate():
            spent = _spent(Path(f"/proc/self/task/{thread.native_id}/stat"))
            if thread.native_id and spent:
                self._threads[thread.native_id] = (thread.name, spent[1])
        for pid in descendants(os.getpid()):
            spent = _spent(Path(f"/proc/{pid}/stat"))
            if spent:
                self._children[pid, spent[0]] = spent[1]

    @property
    def workers(self) -> float:
        """CPU seconds of all children that there were."""
        return sum(self._children.values())

    @property
    def threads(self) -> dict[str, float]:
        """CPU seconds of this process by kind of thread."""
        total: dict[str, float] = defaultdict(float)
        for number, (name, seconds) in self._threads.items():
            total[name.split("_")[0]] += seconds - self._before.get(number, ("", 0.0))[1]
        return dict(total)


def descendants(pid: int) -> list[int]:
    """Give the processes below one."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            own = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in own:
            found += [child, *descendants(child)]
    return found


def memory(pid: int | None = None) -> int:
    """Give the resident bytes of a process and of all below it; pages that forked processes share count each time."""
    total = 0
    for one in (pid or os.getpid(), *descendants(pid or os.getpid())):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE
        except OSError:
            continue
    return total


def spent_by(pid: int) -> float:
    """Give the CPU seconds of another process."""
    found = _spent(Path(f"/proc/{pid}/stat"))
    return found[1] if found else 0.0


def _spent(stat: Path) -> tuple[str, float] | None:
    """Give when it began and the CPU seconds since."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[19], (int(fields[11]) + int(fields[12])) / TICK


def idle() -> float:
    """Give the CPU seconds that nobody on this machine has used since it was started."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return (int(fields[4]) + int(fields[5])) / TICK


def now() -> float:
    """Give the moment, in seconds of a clock that only goes forward."""
    return time.monotonic()
