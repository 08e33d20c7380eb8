"""./run: the site and a worker that really works, on SQLite and a folder as broker, watched and restarted."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from scripts import supervise
from tests.ops.harness import ROOT, base_environment, call, free_port, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of an installation without any server, in the environment that ./run makes."""
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "QUEUE_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    given = {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.ops.settings",
        "SWEEP_SECONDS": "1",
        "BIND": f"127.0.0.1:{free_port()}",
        "LOG_LEVEL": "WARNING",
        "DEMO_MODE": "1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    umask = os.umask(0o022)
    yield supervise.environment("kota-uji")
    os.umask(umask)


@pytest.fixture
def family(folder):
    """Web and worker under watch in a thread; stopped at the end."""
    call([sys.executable, "manage.py", "migrate", "-v0"], dict(os.environ))
    call([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], dict(os.environ))
    children = supervise.children(folder)
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            for child in children:
                child.watch()
            time.sleep(0.1)

    for child in children:
        child.start()
    watcher = threading.Thread(target=watch)
    watcher.start()
    yield children
    stop.set()
    watcher.join()
    for child in children:
        child.stop()
    until = time.monotonic() + 30
    for child in children:
        child.wait(until)
        assert child.process.returncode == 0, child.log.read_text()[-3000:]


def states(numbers: list[int]) -> dict[str, tuple[str, int]]:
    """State and attempts of the jobs, read past Django."""
    import sqlite3

    with sqlite3.connect(f"{os.environ['DATA_DIR']}/sidakep.sqlite3") as link:
        marks = ",".join("?" * len(numbers))
        rows = link.execute(f"SELECT id, state, attempts FROM core_job WHERE id IN ({marks})", numbers)
        return {number: (state, attempts) for number, state, attempts in rows}


def drawn() -> int:
    """How many numbers the jobs have drawn."""
    import sqlite3

    with sqlite3.connect(f"{os.environ['DATA_DIR']}/sidakep.sqlite3") as link:
        row = link.execute("SELECT last FROM core_counter WHERE series = 'ops-test'").fetchone()
    return row[0] if row else 0


def enqueue(kind: str, count: int) -> list[int]:
    """Enqueue from another process."""
    return [
        int(n)
        for n in call(
            [sys.executable, "-m", "tests.ops.slow.enqueue", kind, str(count)], dict(os.environ)
        ).split()
    ]


def test_jobs_are_worked_off_and_survive_kill_9_of_worker_and_site(folder, family):
    web, worker = family
    address = f"http://{os.environ['BIND']}"
    wait_for(lambda: supervise.answers(f"{address}/healthz"), seconds=60, told=web.log.read_text)
    with urllib.request.urlopen(f"{address}/readyz") as answer:
        assert set(json.load(answer).values()) == {"ok"}

    quick = enqueue("ops.quick", 250)
    wait_for(lambda: set(states(quick).values()) == {("DONE", 1)}, seconds=90, told=worker.log.read_text)
    assert drawn() == 250

    (slow,) = enqueue("ops.slow", 1)
    wait_for((folder / f"hanging-{slow}").exists, seconds=30, told=worker.log.read_text)
    first = {child.name: child.process.pid for child in family}
    os.kill(first["Pekerja"], signal.SIGKILL)
    os.kill(first["Situs"], signal.SIGKILL)
    wait_for(lambda: states([slow])[slow] == ("DONE", 2), seconds=60, told=worker.log.read_text)
    assert drawn() == 251
    wait_for(lambda: supervise.answers(f"{address}/healthz"), seconds=30, told=web.log.read_text)
    assert all(child.process.pid != first[child.name] for child in family)
    assert not list((folder / "queue/messages").glob("*.draft"))


def test_jobs_that_never_end_do_not_hold_the_worker(folder, family):
    worker = family[1]
    before = drawn()
    numbers = [*enqueue("ops.stuck", 2), *enqueue("ops.quick", 5)]
    wait_for(
        lambda: {state for state, _ in states(numbers).values()} == {"DONE"},
        seconds=90,
        told=worker.log.read_text,
    )
    assert drawn() == before + 7
    said = worker.log.read_text()
    assert "Timeout" in said
    assert "in stuck" in said, "the log tells where it hung"


def test_the_folder_is_private_and_the_key_is_made_once(folder):
    key = os.environ.pop("SECRET_KEY")
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600
    supervise.environment("kota-uji")
    assert os.environ["SECRET_KEY"] == key
    assert len(key) > 60
    assert (folder / "log").stat().st_mode & 0o077 == 0


def test_a_dead_child_is_started_again_later_and_later(folder, monkeypatch, capsys):
    now = [1000.0]
    monkeypatch.setattr(supervise.time, "monotonic", lambda: now[0])
    child = supervise.Child("Uji", [sys.executable, "-c", "raise SystemExit(3)"], folder / "log/x.log")
    child.start()
    pauses = []
    for _ in range(7):
        child.process.wait()
        child.watch()
        assert child.process is None
        pauses.append(child.due - now[0])
        child.watch()
        assert child.process is None, "not before its time"
        now[0] = child.due
        child.watch()
        assert child.process is not None
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    child.process.wait()
    now[0] += supervise.HEALTHY_AFTER + 1
    child.watch()
    assert child.due - now[0] == 1, "it had been well for a while"
    assert "kode 3" in capsys.readouterr().out


def test_one_supervisor_a_city_and_a_taken_port_is_named(folder, capsys):
    held = supervise.lock(folder)
    with pytest.raises(SystemExit, match="sudah berjalan"):
        supervise.lock(folder)
    held.close()
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            supervise.check_port("127.0.0.1", port)
    assert stopped.value.code == 2
    assert f"PORT={port + 1}" in capsys.readouterr().err


def test_when_the_supervisor_is_killed_its_children_end(tmp_path):
    """Nothing may hold the port after kill -9 of ./run."""
    script = (
        "import sys, time, pathlib; sys.path.insert(0, '.');"
        "from scripts.supervise import Child;"
        "command = [sys.executable, '-c', 'import time; time.sleep(60)'];"
        f"child = Child('Uji', command, pathlib.Path({str(tmp_path / 'log')!r}));"
        "child.start(); print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=base_environment(), stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()

    def gone() -> bool:
        try:
            with open(f"/proc/{child}/stat") as stat:
                return stat.read().rpartition(")")[2].split()[0] == "Z"
        except FileNotFoundError:
            return True

    wait_for(gone, seconds=10, told="the child still runs")


def test_an_unknown_city_is_named_with_the_known_ones(folder):
    command = [sys.executable, "scripts/supervise.py", "kota-lain"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 2
    assert "kota-lain" in done.stderr
    assert "cimahi-2023" in done.stderr
    assert "Traceback" not in done.stderr
