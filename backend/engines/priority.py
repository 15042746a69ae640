"""How the model's process gives way to the app on the same cores."""

import ctypes
import logging
import os
import platform
import struct
import sys
from contextlib import suppress

NICENESS = 10
"""Added to the process's niceness: its share of a core that others want too."""
SLICE_NS = 20_000_000
"""Nanoseconds that it asks to run in one go. Who asks for less, as every other process does by default, takes its place as
soon as it wakes up (Linux 6.12 and later, EEVDF); without this the others wait until a turn of a few milliseconds is over."""
_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}
"""The number of the system call; Python has no function for it."""

log = logging.getLogger(__name__)


def give_way() -> None:
    """Lower the priority of this process and of the threads that it starts from now on. Where a system offers less than that,
    it stays as it is."""
    with suppress(OSError):
        os.nice(NICENESS)
    call = _SCHED_SETATTR.get(platform.machine())
    if sys.platform != "linux" or call is None:
        return
    # struct sched_attr: size, policy (SCHED_OTHER), flags, niceness, priority, runtime, deadline, period, two limits
    asked = struct.pack("=IIQiIQQQII", 56, 0, 0, os.nice(0), 0, SLICE_NS, 0, 0, 0, 0)
    if ctypes.CDLL(None, use_errno=True).syscall(call, 0, asked, 0):
        log.info("the length of a turn stays as it is (error %d)", ctypes.get_errno())
