"""Which process this is, in words that another process can check for life."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Owner:
    """A process, told apart from every other one that had or will have its number."""

    boot: str
    """The machine's boot; empty where the system does not say."""
    namespace: str
    """The process namespace, so that a container does not judge its neighbour's numbers."""
    pid: int
    start: str
    """When the process started, in the system's own count."""

    def __str__(self) -> str:
        return f"{self.boot}/{self.namespace}/{self.pid}/{self.start}"

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        """Read what `str` wrote; None for anything else."""
        boot, _, rest = text.partition("/")
        namespace, _, rest = rest.partition("/")
        pid, _, start = rest.partition("/")
        return cls(boot, namespace, int(pid), start) if pid.isdigit() else None

    @property
    def is_dead(self) -> bool:
        """Whether the process is certainly gone; False where that cannot be told from here."""
        here = this_process()
        if self.boot != here.boot:
            return True
        return self.namespace == here.namespace and _start_of(self.pid) != self.start


@cache
def _this_process(pid: int) -> Owner:
    return Owner(_read("/proc/sys/kernel/random/boot_id"), _namespace(), pid, _start_of(pid) or "")


def this_process() -> Owner:
    """Name the running process."""
    return _this_process(os.getpid())


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _namespace() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _start_of(pid: int) -> str | None:
    """Start of a living process (proc(5), stat, field 22); "" where the system has no /proc; None for a dead one."""
    stat = _read(f"/proc/{pid}/stat")
    if stat:
        after_name = stat.rpartition(")")[2].split()
        return None if after_name[0] in ("Z", "X") else after_name[19]
    if Path("/proc/self/stat").exists():
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return ""
    return ""
