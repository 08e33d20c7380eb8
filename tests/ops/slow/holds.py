"""Places at which a process stops and waits to be killed: `arm` one, and who comes there next leaves a mark and hangs.

Before and after the place runs the installation's own code. Changed are times and sizes only: leases, the wait for a
message that a dead worker took along, and how many cards a batch writes down at once.
"""

import fcntl
import functools
import importlib
import os
import time
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

PLACES = {
    # after the lines of the first few cards of a batch are committed
    "second-lines": ("jobseekers.services.printing", "list_cards"),
    # after all lines, before the paper
    "drawing": ("jobseekers.tasks", "render_cards"),
    # the file is written and its row committed, the order does not know it yet
    "handing-over": ("core.exports", "hand_over"),
    # the photo is kept, the person does not know it yet
    "photo-kept": ("jobseekers.services.people", "update_person"),
    # between two rows of an upload
    "leaver": ("jobseekers.services.leavers", "send_in"),
    # in the transaction that sends an application
    "submitting": ("jobseekers.notifications", "submitted"),
    # a mail is being delivered
    "mailing": ("messaging.services.outbox", "sender_of"),
}
SECONDS = 300


def folder() -> Path:
    """Where arms and marks lie."""
    return Path(os.environ["DATA_DIR"]) / "holds"


def hold(name: str) -> None:
    """Hang here when the place is armed and its count of callers let through is used up."""
    arm = folder() / name
    if not arm.exists():
        return
    with (folder() / "lock").open("w") as lock:  # other threads and processes come here, too
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not arm.exists():
            return
        left = int(arm.read_text())
        if left:
            arm.write_text(str(left - 1))
            return
        arm.rename(arm.with_suffix(".reached"))
    time.sleep(SECONDS)


def put() -> None:
    """Wrap the functions; where JOB_LEASE is set, shorten the leases to its seconds and the batches to four cards."""
    for name, (module, function) in PLACES.items():
        home = importlib.import_module(module)
        setattr(home, function, _held(name, getattr(home, function)))
    seconds = os.environ.get("JOB_LEASE")
    if seconds:
        from core import jobs
        from jobseekers.services import printing

        for app in settings.INSTALLED_APPS:
            if "." not in app and find_spec(f"{app}.tasks"):
                importlib.import_module(f"{app}.tasks")
        for kind in list(jobs._kinds.values()):
            jobs._kinds[kind.name] = replace(kind, lease=timedelta(seconds=float(seconds)))
        jobs.LOST_AFTER = timedelta(seconds=float(seconds))
        printing.AT_ONCE = 4


def _held(name: str, function):
    @functools.wraps(function)
    def at(*args, **kwargs):
        hold(name)
        return function(*args, **kwargs)

    return at


class BeforeTheAnswer:
    """Holds a request whose work is done and committed, before its answer leaves."""

    def __init__(self, get_response) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request):
        """Answer, or hang with the answer in hand."""
        response = self.get_response(request)
        if request.method == "POST":
            hold("answer")
        return response
