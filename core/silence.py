"""A worker whose job gives no sign of life ends itself, so that no job can hold it for ever.

A job has a lease (`core.jobs`): when it has passed, the job counts as that of a dead worker and is handed to another.
One that hangs in the meantime (a pattern without end, a peer that never answers) would keep its thread, and the next
try the next one, until nothing is worked off. So the process leaves as soon as the first lease of its jobs has passed,
with the place where it hung in its log; whoever started it starts it again, and nothing confirmed is lost, as with any
other death. The interpreter's own watchdog does it: it needs no turn of the thread that hangs.
"""

import faulthandler
import sys
import threading
import time

_STDERR = 2
_lock = threading.Lock()
_deadlines: dict[int, float] = {}


def expect(number: int, within: float) -> None:
    """Job `number` must be heard of again within so many seconds, or this process ends."""
    with _lock:
        _deadlines[number] = time.monotonic() + within
        _arm()


def over(number: int) -> None:
    """Job `number` came to an end; nothing more is expected of it."""
    with _lock:
        _deadlines.pop(number, None)
        _arm()


def _arm() -> None:
    if not _deadlines:
        faulthandler.cancel_dump_traceback_later()
        return
    left = max(min(_deadlines.values()) - time.monotonic(), 0.01)
    # A worker puts its log in the place of sys.stderr, which is no file.
    said_to = sys.__stderr__ if sys.__stderr__ is not None else _STDERR
    faulthandler.dump_traceback_later(left, exit=True, file=said_to)
