"""The Celery app: Redis where there is one, else a folder on this machine; and what beat sends."""

import os
from datetime import timedelta

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SWEEP_SECONDS = int(os.environ.get("SWEEP_SECONDS", "30"))

app = Celery("sidakep")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A sweep that waited longer than a round is worthless: the next one does its work.
    "core.sweep": {
        "task": "core.sweep",
        "schedule": timedelta(seconds=SWEEP_SECONDS),
        "options": {"expires": SWEEP_SECONDS},
    },
}
app.steps["worker"].add("config.liveness:WorkerSign")


@setup_logging.connect
def keep_django_logging(**_kwargs) -> None:
    """Leave logging to settings.LOGGING: its formatter masks identity numbers, Celery's own does not."""
