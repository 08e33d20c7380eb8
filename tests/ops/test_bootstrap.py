"""scripts/bootstrap.sh: finds a Python that works, installs by hash, and does it only when something changed."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.ops.harness import ROOT

TOOLS = ("bash", "env", "cat", "sha256sum", "cut", "id", "flock", "rm", "dirname")
PYTHON = Path(sys.executable).resolve()
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


class Machine:
    """A machine with nothing on its PATH but a few tools and the interpreters that a test puts there."""

    def __init__(self, folder: Path) -> None:
        """Lay out a project with an empty lock below `folder`."""
        self.project, self.bin = folder / "project", folder / "bin"
        (self.project / "scripts").mkdir(parents=True)
        (self.project / "requirements").mkdir()
        self.bin.mkdir()
        shutil.copy(ROOT / "scripts/bootstrap.sh", self.project / "scripts")
        for name in ("prod", "dev"):
            self.lock(name, "# nothing needed\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def lock(self, name: str, text: str) -> None:
        """Write requirements/<name>.txt."""
        (self.project / "requirements" / f"{name}.txt").write_text(text)

    def interpreter(self, name: str, script: str) -> None:
        """Put an executable called `name` on the PATH."""
        path = self.bin / name
        path.write_text(script)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def bootstrap(self, which: str = "prod", **extra: str) -> subprocess.CompletedProcess:
        """Run the script as on a fresh machine."""
        return subprocess.run(
            ["scripts/bootstrap.sh", which],
            cwd=self.project,
            env={"PATH": str(self.bin), "HOME": str(self.project), **extra},
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture
def machine(tmp_path):
    """A fresh machine with two broken shims."""
    made = Machine(tmp_path)
    for name in ("python3.13", "python3.12"):
        made.interpreter(name, "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n")
    return made


def real(*before: str) -> str:
    """A wrapper around the interpreter that runs these tests, after some shell lines."""
    return "\n".join(["#!/bin/sh", *before, f'exec "{PYTHON}" "$@"', ""])


def without_venv() -> str:
    """An interpreter as Debian ships it: ensurepip is a package of its own."""
    block = "import sys; sys.modules[\\'ensurepip\\'] = None; exec(sys.argv.pop(1))"
    return f'#!/bin/sh\n[ "$1" = -c ] || exit 9\nexec \'{PYTHON}\' -c "{block}" "$2"\n'.replace("\\'", "'")


def test_a_shim_without_anything_behind_it_is_not_taken(machine):
    machine.interpreter("python3", "#!/bin/sh\nexit 127\n")
    machine.interpreter("python3.11", real())
    done = machine.bootstrap()
    assert done.returncode == 0, done.stderr
    assert (machine.project / ".venv/bin/python").exists()
    assert VERSION in done.stderr


def test_the_interpreter_named_by_the_caller_goes_first(machine, tmp_path):
    machine.interpreter("python3", real("touch chosen-by-name"))
    own = tmp_path / "own-python"
    own.write_text(real(f"echo x >> '{tmp_path}/own-was-used'"))
    own.chmod(0o755)
    assert machine.bootstrap(PYTHON=str(own)).returncode == 0
    assert (tmp_path / "own-was-used").exists()
    assert not (machine.project / "chosen-by-name").exists()


def test_a_missing_venv_module_is_answered_with_one_line_and_exit_2(machine):
    machine.interpreter("python3", without_venv())
    done = machine.bootstrap()
    assert done.returncode == 2, done.stderr
    sudo = "" if os.getuid() == 0 else "sudo "
    assert done.stdout == f"{sudo}apt-get install -y python{VERSION}-venv\n"
    assert not (machine.project / ".venv").exists()


def test_another_python_that_has_venv_is_preferred_to_complaining(machine):
    machine.interpreter("python3", without_venv())
    machine.interpreter("python3.11", real())
    assert machine.bootstrap().returncode == 0


def test_no_python_at_all_is_answered_with_one_line_and_exit_2(machine):
    machine.interpreter("python3", "#!/bin/sh\nexit 3\n")
    done = machine.bootstrap()
    assert (done.returncode, done.stdout.count("\n")) == (2, 1)
    assert done.stdout.endswith("apt-get install -y python3 python3-venv\n")


def test_nothing_is_done_again_until_the_lock_changes_or_the_environment_breaks(machine):
    machine.interpreter("python3", real())
    assert machine.bootstrap("dev").returncode == 0
    for which in ("dev", "prod"):
        again = machine.bootstrap(which)
        assert (again.returncode, again.stderr) == (0, ""), "dev holds prod: nothing to install"
    machine.lock("prod", "# another lock\n")
    assert "prod" in machine.bootstrap().stderr
    (machine.project / ".venv/bin/python").unlink()
    assert "Menyiapkan" in machine.bootstrap().stderr
    assert (machine.project / ".venv/bin/python").exists()


def test_only_what_has_the_locked_hash_is_installed(machine, tmp_path):
    machine.interpreter("python3", real())
    wheel = tmp_path / "kecil-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("kecil.py", "")
        made.writestr("kecil-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: kecil\nVersion: 1.0\n")
        made.writestr(
            "kecil-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr("kecil-1.0.dist-info/RECORD", "")
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    for line in ("kecil==1.0", f"kecil==1.0 --hash=sha256:{'0' * 64}"):
        machine.lock("prod", f"{line}\n")
        done = machine.bootstrap(**offline)
        assert done.returncode != 0
        assert "hash" in done.stderr.lower()
        assert not (machine.project / ".venv/.installed-prod").exists(), "the next start tries again"
    machine.lock("prod", f"kecil==1.0 --hash=sha256:{right}\n")
    assert machine.bootstrap(**offline).returncode == 0


@pytest.mark.parametrize("argument", ["../etc", "-x", "Kota", "a b"])
def test_run_refuses_what_is_no_name_of_a_city(argument):
    done = subprocess.run([str(ROOT / "run"), argument], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "./run" in done.stderr
