"""The portal app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Front page, role homes, navigation, the demo command: the top floor, imported by nobody."""

    name = "portal"
    verbose_name = "Portal"
