"""Landlock: this process may open nothing but what it is given. See Linux, Documentation/userspace-api/landlock.rst."""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System call numbers, the same on every architecture."""
RULE_PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
ALL_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""Rights over files that version 1, 2 (refer) and 3 (truncate) of the interface know."""
IOCTL_DEV = 1 << 15
LOADERS = (Path("/lib64/ld-linux-x86-64.so.2"), Path("/lib/ld-linux-aarch64.so.1"))
"""What the kernel runs to run a program that is linked with libraries."""
TCP_BIND_AND_CONNECT = 3


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64), ("handled_access_net", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def confine(readable: Iterable[Path], writable: Iterable[Path], programs: Iterable[Path] = ()) -> bool:
    """From now on this process reads only `readable` and Python's own files, writes only below `writable`, runs nothing but `programs`
    and opens no TCP connection. False where the kernel has no Landlock. Call it while the process has one thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = ALL_BY_VERSION[min(version, 3)]
    attributes = _RulesetAttributes(rights, TCP_BIND_AND_CONNECT if version >= 4 else 0)
    size = ctypes.sizeof(attributes) if version >= 4 else 8
    ruleset = libc.syscall(CREATE_RULESET, ctypes.byref(attributes), size, 0)
    if ruleset < 0:
        return False
    for path in {*readable, *_python_folders()}:
        _allow(libc, ruleset, path, READ_FILE | READ_DIR)
    for path in writable:
        _allow(libc, ruleset, path, rights & ~EXECUTE)
    for path in programs:
        _allow(libc, ruleset, path, EXECUTE | READ_FILE)
    programs = [*programs]
    for path in [*programs, *LOADERS] if programs else ():
        _allow(libc, ruleset, path, EXECUTE | READ_FILE)
    _allow(libc, ruleset, Path("/dev/null"), READ_FILE | WRITE_FILE)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(RESTRICT_SELF, ruleset, 0):
        raise OSError(ctypes.get_errno(), "Landlock refused to confine this process")
    os.close(ruleset)
    return True


def _python_folders() -> set[Path]:
    folders = {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(Path(__file__).parents[1])}
    system = ("/usr/lib", "/usr/share", "/lib", "/lib64", "/etc", "/dev/urandom", "/proc", "/sys/devices/system/cpu")
    return {Path(folder) for folder in {*folders, *system}}


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not path.is_dir():
            rights &= EXECUTE | WRITE_FILE | READ_FILE | (1 << 14)
        rule = _PathBeneath(rights, descriptor)
        if libc.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0):
            raise OSError(ctypes.get_errno(), "Landlock refused a rule", str(path))
    finally:
        os.close(descriptor)
