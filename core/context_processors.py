"""What every page knows: the office, its colours, and whether this is a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from core import clock
from core.models.agency import DEFAULT_COLOURS, AgencyProfile, NoAgency
from core.views.style import logo_url, style_url


def reverse_or_blank(name: str, *args: Any) -> str:
    """The address of a named page, or "" where the installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _agency() -> AgencyProfile | None:
    try:
        return AgencyProfile.current()
    except NoAgency:
        return None


def office(request: HttpRequest) -> dict[str, Any]:
    """The office (falsy before it is set up), its colours, the demo's day."""
    agency = SimpleLazyObject(_agency)
    return {
        "agency": agency,
        "style_url": SimpleLazyObject(lambda: style_url(agency) if agency else ""),
        "logo_url": SimpleLazyObject(lambda: logo_url(agency) if agency else ""),
        "theme_colour": SimpleLazyObject(
            lambda: agency.palette["accent-d"] if agency else DEFAULT_COLOURS["accent-d"]
        ),
        "demo": settings.DEMO_MODE,
        "today": SimpleLazyObject(clock.today),
        "demo_mail_url": reverse_or_blank("messaging:demo_mail_list") if settings.DEMO_MODE else "",
    }
