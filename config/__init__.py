"""Settings, URLs and the Celery app of the installation."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
