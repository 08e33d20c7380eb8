"""Start the site and its background worker, restart what dies, stop both cleanly.

For one machine without Redis (`./run`): one gunicorn process with threads and one Celery worker that also beats.
Needs the standard library only.
"""

import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BACKOFF_FIRST, BACKOFF_MOST, HEALTHY_AFTER = 1.0, 30.0, 60.0
GRACE = 25.0
LOG_LIMIT = 5_000_000
PR_SET_PDEATHSIG = 1


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    print(text, flush=True)


def die_with_parent() -> None:
    """Ask the kernel to stop this child when the supervisor is killed, so that nothing holds the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A process that has to run all the time; its output goes to a log file."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        """Describe the process; `start` begins it."""
        self.name, self.command, self.log = name, command, log
        self.process: subprocess.Popen | None = None
        self.started, self.backoff, self.due = 0.0, BACKOFF_FIRST, 0.0

    def start(self) -> None:
        """Begin the process in a session of its own: Ctrl-C in the terminal reaches only the supervisor."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start the process again when it has died, later after each early death."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.kill_group()
        if time.monotonic() - self.started > HEALTHY_AFTER:
            self.backoff = BACKOFF_FIRST
        say(
            f"{self.name} berhenti (kode {code}); dijalankan lagi dalam {self.backoff:.0f} detik. Log: {self.log}"
        )
        self.process, self.due = None, time.monotonic() + self.backoff
        self.backoff = min(self.backoff * 2, BACKOFF_MOST)

    def kill_group(self) -> None:
        """End what a dead process has left running."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def stop(self) -> None:
        """Ask for a clean end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for the end until the moment `until`, then force it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} tidak berhenti pada waktunya dan dihentikan paksa.")
        self.kill_group()
        self.process.wait()


class Stop(Exception):
    """Somebody asked us to stop."""


def on_signal(_number: int, _frame) -> None:
    """Leave whatever is being waited for."""
    raise Stop


def environment(city: str) -> Path:
    """Set the environment of a demonstration city and return its data folder."""
    os.umask(0o077)
    folder = Path(os.environ.get("DATA_DIR") or ROOT / "var" / city).resolve()
    (folder / "log").mkdir(parents=True, exist_ok=True)
    os.environ |= {"DATA_DIR": str(folder), "WEB_CONCURRENCY": "1"}
    os.environ.setdefault("DEMO_MODE", "1")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    if "SECRET_KEY" not in os.environ:
        secret = folder / "secret"
        if not secret.exists():
            secret.write_text(secrets.token_urlsafe(64), encoding="ascii")
            secret.chmod(0o600)
        os.environ["SECRET_KEY"] = secret.read_text(encoding="ascii").strip()
    return folder


def lock(folder: Path):
    """Take the folder for this supervisor alone; returns the open file that holds the lock."""
    handle = (folder / "run.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(
            f"Kota ini sudah berjalan (folder {folder}). Hentikan dulu yang lama dengan Ctrl-C di terminalnya."
        )
    return handle


def check_port(host: str, port: int) -> None:
    """Exit with the remedy when somebody else serves on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            print(
                f"Port {port} sedang dipakai. Pakai port lain, misalnya: PORT={port + 1} ./run",
                file=sys.stderr,
            )
            sys.exit(2)


def answers(url: str) -> bool:
    """Whether the site answers at `url`."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def children(folder: Path) -> list[Child]:
    """The two processes of a site on one machine."""
    python, log = sys.executable, folder / "log"
    web = [python, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi:application"]
    # Who waits at a page comes before work in the background.
    worker = ["nice", "-n", "10", python, "-m", "celery", "-q", "-A", "config", "worker"]
    worker += ["-P", "threads", "-c", "2", "-B", "-l", "WARNING"]
    worker += ["--without-mingle", "--without-gossip", "--without-heartbeat"]
    return [Child("Situs", web, log / "web.log"), Child("Pekerja", worker, log / "worker.log")]


def run(folder: Path, city: str, host: str, port: int) -> None:
    """Prepare, start, announce, and watch until somebody stops us."""
    command = [sys.executable, "scripts/prepare.py", city]
    prepared = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    if prepared.returncode:
        sys.exit(prepared.returncode)
    family, announced = children(folder), False
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    try:
        for child in family:
            child.start()
        while True:
            if not announced and answers(f"{address}/healthz"):
                announced = True
                say(prepared.stdout.rstrip())
                say(f"\nSitus: {address}   (log: {folder / 'log'}; berhenti dengan Ctrl-C)")
            for child in family:
                child.watch()
            time.sleep(0.5 if announced else 0.1)
    except Stop:
        say("\nMenghentikan …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for child in family:
            child.stop()
        until = time.monotonic() + GRACE
        for child in family:
            child.wait(until)


def main() -> None:
    """Run the city named on the command line."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    city = sys.argv[1]
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    folder = environment(city)
    os.environ.setdefault("BIND", f"{host}:{port}")
    try:
        held = lock(folder)
        check_port(host, port)
        run(folder, city, host, port)
        held.close()
    except Stop:
        say("")


if __name__ == "__main__":
    main()
