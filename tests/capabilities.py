"""What this machine offers to the tests: servers, browser, office programs."""

import os
import shutil
from urllib.parse import urlsplit

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OFFICE_NAMES = ("soffice", "libreoffice")

NAMES = {
    "postgres": "PostgreSQL (DATABASE_URL)",
    "redis": "Redis (REDIS_URL)",
    "browser": "Chromium",
    "axe": "Chromium",
    "libreoffice": "LibreOffice",
    "poppler": "poppler-utils",
    "zbar": "zbar-tools",
}


def program(*names: str) -> str | None:
    """Return the path of the first of `names` that is on the PATH."""
    return next((path for name in names if (path := shutil.which(name))), None)


def postgres_answers(url: str) -> bool:
    """Whether a PostgreSQL server answers at `url` and lets us in."""
    import psycopg

    try:
        with psycopg.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=3):
            return True
    except psycopg.Error:
        return False


def redis_answers(url: str) -> bool:
    """Whether a Redis server answers at `url`."""
    import redis

    client = redis.Redis.from_url(url, socket_connect_timeout=3)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def missing() -> list[str]:
    """Return the markers whose tests cannot run here, by name."""
    database, cache = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    chromium = program(*CHROMIUM_NAMES) is not None
    there = {
        "postgres": urlsplit(database).scheme.startswith("postgres") and postgres_answers(database),
        "redis": bool(cache) and redis_answers(cache),
        "browser": chromium,
        "axe": chromium,
        "libreoffice": program(*OFFICE_NAMES) is not None,
        "poppler": program("pdftotext") is not None and program("pdftoppm") is not None,
        "zbar": program("zbarimg") is not None,
    }
    return [marker for marker, here in there.items() if not here]
