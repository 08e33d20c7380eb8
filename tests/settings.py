"""Settings under test: the installation's own with safe defaults, a scratch folder and a database a process."""

import os
import tempfile
from pathlib import Path

_process = os.environ.get("PYTEST_XDIST_WORKER", "main")
_run = os.environ.setdefault("TEST_RUN", str(os.getpid()))
os.environ.setdefault("SECRET_KEY", "for-tests-only-this-key-protects-nothing-at-all")
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("QUEUE_PREFIX", f"test-{_run}-{_process}-")
_scratch = Path(tempfile.gettempdir()) / f"sidakep-test-{os.getuid()}" / _run / _process
os.environ["DATA_DIR"] = str(_scratch)
(_scratch / "static").mkdir(parents=True, exist_ok=True)  # else WhiteNoise warns

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES  # noqa: E402

DEBUG = False  # what pytest-django sets anyway; DEBUG above only lets keys be derived
# One Redis serves every process of the run: each keeps to its own keys, its threads included.
CACHES["default"]["KEY_PREFIX"] = f"test-{_run}-{_process}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_sidakep_{_run}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A file and not memory: only there do several threads lock each other as they do in service.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
