"""The installation's own settings plus an app with jobs that can be interrupted and places where it can be held."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.slow.apps.Slow"]
MIDDLEWARE = ["tests.ops.slow.holds.BeforeTheAnswer", *MIDDLEWARE]
