"""The office's own look: its five colours as a style sheet of a few lines, and its logo; both open to everybody."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.contrast import is_hex
from core.files import read_file
from core.models.agency import DEFAULT_COLOURS, AgencyProfile


def fingerprint(palette: dict[str, str]) -> str:
    """A short sum of the colours; part of the address, so that a change is seen at once."""
    text = ";".join(f"{name}:{palette[name]}" for name in DEFAULT_COLOURS)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def style_url(agency: AgencyProfile) -> str:
    """The address of the office's own colours, or "" when it uses the ones of the common style sheet."""
    if agency.palette == DEFAULT_COLOURS:
        return ""
    return reverse("core:style", args=[fingerprint(agency.palette)])


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def style(request: HttpRequest, sum_: str) -> HttpResponse:
    """The custom properties of the office; an address of older colours is 404."""
    palette = AgencyProfile.current().palette
    if sum_ != fingerprint(palette):
        raise Http404("Warna ini sudah diganti.")
    lines = "".join(f"--{name}:{palette[name]};" for name in DEFAULT_COLOURS if is_hex(palette[name]))
    return HttpResponse(f":root{{{lines}}}\n", content_type="text/css; charset=utf-8")


def logo_url(agency: AgencyProfile) -> str:
    """The address of the office's logo, or "" when it uses the drawn sign."""
    return reverse("core:logo", args=[agency.logo.sha256[:12]]) if agency.logo_id else ""


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo(request: HttpRequest, sum_: str) -> HttpResponse:
    """The office's logo; an address of an older one is 404."""
    picture = AgencyProfile.current().logo
    if picture is None or sum_ != picture.sha256[:12] or not picture.content_type.startswith("image/"):
        raise Http404("Lambang ini sudah diganti.")
    return HttpResponse(read_file(picture), content_type=picture.content_type)
