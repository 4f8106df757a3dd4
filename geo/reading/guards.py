"""What may the reader process do? Read what it was given, compute, answer; nothing else, and not for long.

`limit` holds before anything of the file is looked at; `close` shuts the rest of the machine before the file is parsed:

- limits: processor time, memory, size of what it writes, open files, no further process;
- network: a network namespace of its own, which holds no network at all, where the machine permits one;
- calls: a seccomp filter that leaves some forty system calls (read, write, memory, clocks) and refuses every other:
  no file is opened, nothing connected to, nothing started. Where the processor is neither x86-64 nor ARM 64, it stands off;
- opening: Python's own audit hook, which refuses the same from inside;
- user: no supplementary groups and the user nobody, where it was started as root.

A reader with neither of network and calls refuses to read (`stand`).
"""

import ctypes
import os
import platform
import resource
import socket
import struct
import sys
from typing import Any

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SIGKILL = 9
SECCOMP_MODE_FILTER = 2
OPEN_FILES = 16

# linux/audit.h and asm/unistd.h: the architecture's mark, and the calls that a reading process needs, by name.
ARCHITECTURES = {
    "x86_64": (
        0xC000003E,
        {
            "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11,
            "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "sched_yield": 24,
            "mremap": 25, "madvise": 28, "getpid": 39, "exit": 60, "uname": 63, "gettimeofday": 96, "getrusage": 98,
            "sysinfo": 99, "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202, "sched_getaffinity": 204,
            "clock_gettime": 228, "clock_getres": 229, "exit_group": 231, "newfstatat": 262, "getrandom": 318,
            "membarrier": 324, "rseq": 334,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "lseek": 62, "close": 57, "read": 63, "write": 64, "pread64": 67, "newfstatat": 79, "fstat": 80, "exit": 93,
            "exit_group": 94, "futex": 98, "clock_gettime": 113, "clock_getres": 114, "sched_getaffinity": 123,
            "sched_yield": 124, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139,
            "uname": 160, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "gettid": 178, "sysinfo": 179,
            "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "getrandom": 278,
            "membarrier": 283, "rseq": 293,
        },
    ),
}  # fmt: skip
# linux/filter.h and linux/seccomp.h.
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06
OFFSET_OF_CALL, OFFSET_OF_ARCHITECTURE = 0, 4
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000
REFUSED_EVENTS = ("open", "socket.", "subprocess.", "os.", "ctypes.", "shutil.", "urllib.", "ftplib.", "import")

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def limit(*, cpu_seconds: int, memory_bytes: int, output_bytes: int) -> None:
    """Hold the process to its share; the kernel ends it where it takes more."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    _libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def close() -> tuple[str, ...]:
    """Shut everything but reading and answering; returns the names of the guards that stand."""
    standing = ["limits"]
    if _leave_the_network():
        standing.append("network")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        standing.append("user")
    if _refuse_calls():
        standing.append("calls")
    socket.socket = None  # type: ignore[assignment,misc]
    sys.addaudithook(_refuse)
    return (*standing, "opening")


def stand(standing: tuple[str, ...]) -> bool:
    """Whether what stands keeps a file from reaching anything: the network, or every call that could."""
    return "network" in standing or "calls" in standing


def _leave_the_network() -> bool:
    return any(_libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def _refuse_calls() -> bool:
    if sys.platform != "linux" or platform.machine() not in ARCHITECTURES:
        return False
    mark, calls = ARCHITECTURES[platform.machine()]
    instructions = [
        _instruction(LOAD, OFFSET_OF_ARCHITECTURE),
        _instruction(EQUALS, mark, if_true=1),
        _instruction(RETURN, KILL),
        _instruction(LOAD, OFFSET_OF_CALL),
        *(
            instruction
            for number in sorted(calls.values())
            for instruction in (_instruction(EQUALS, number, if_false=1), _instruction(RETURN, ALLOW))
        ),
        _instruction(RETURN, REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(instructions))
    program = _Program(len(instructions), ctypes.cast(code, ctypes.c_void_p))
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return _libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0


def _instruction(code: int, value: int, *, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(REFUSED_EVENTS):
        raise PermissionError(f"The reader of files may not do this: {event}.")
