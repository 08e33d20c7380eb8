"""URLs of the installation; each app brings its own."""

from django.urls import path

from core.views import health

urlpatterns: list = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
