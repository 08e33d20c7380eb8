"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
site = get_wsgi_application()

from config.bodies import MeasuredBodies  # noqa: E402 - Django has to be set up first

application = MeasuredBodies(site)
