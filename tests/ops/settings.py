"""The installation's own settings plus an app with jobs that can be interrupted."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.slow"]
