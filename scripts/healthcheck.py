"""Health of one process, for a container engine: healthcheck.py web|worker|beat. Exit 0 when well, else 1.

Needs the standard library only and is over in a moment: it runs every few seconds.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

STALE_SECONDS = 30


def web() -> bool:
    """Ask our own web process whether it is ready, under a host name that it accepts."""
    port = os.environ.get("BIND", ":8000").rpartition(":")[2]
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].lstrip(".").replace("*", "127.0.0.1")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError) as problem:
        print(problem, file=sys.stderr)
        return False


def signs(process: str) -> bool:
    """Look how old the process's last sign of life is (config/liveness.py)."""
    sign = Path(os.environ.get("SIGN_DIR") or os.environ["DATA_DIR"]) / f"{process}.alive"
    try:
        return time.time() - sign.stat().st_mtime < STALE_SECONDS
    except FileNotFoundError:
        print(f"no {sign}", file=sys.stderr)
        return False


if __name__ == "__main__":
    role = sys.argv[1] if len(sys.argv) > 1 else "web"
    sys.exit(0 if (web() if role == "web" else signs(role)) else 1)
