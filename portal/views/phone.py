"""The site on a phone: manifest, icons, service worker, offline page. Open to everybody, nothing personal in them."""

import hashlib
import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.models.agency import AgencyProfile
from core.views.style import fingerprint, logo_url, style_url
from portal import icons

HOUR, DAY = 3600, 86_400
CARDS = "/ak1/kartu/"
"""Where the holder's own cards are; the only pages with a name on them that a phone may keep."""


def _icon(name: str, agency: AgencyProfile) -> str:
    return f"{reverse('portal:icon', args=[name])}?v={fingerprint(agency.palette)}{logo_url(agency)[-12:]}"


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def manifest(request: HttpRequest) -> JsonResponse:
    """What the phone shows of the installed site: the office's name, colours and sign."""
    agency = AgencyProfile.current()
    shown = [
        {
            "src": _icon(name, agency),
            "sizes": f"{kind.size}x{kind.size}",
            "type": "image/png",
            "purpose": kind.purpose,
        }
        for name, kind in icons.KINDS.items()
        if kind.purpose
    ]
    content = {
        "id": "/",
        "name": f"Sidakep, {agency.full_name}",
        "short_name": "Sidakep",
        "description": "Kartu AK-1, lowongan, dan pelatihan. Semua layanan gratis.",
        "lang": "id",
        "dir": "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": agency.palette["accent-d"],
        "background_color": "#ffffff",
        "icons": shown,
    }
    return JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """The office's sign as PNG."""
    if name not in icons.KINDS:
        raise Http404("Ikon ini tidak ada.")
    return HttpResponse(icons.of(AgencyProfile.current(), name), content_type="image/png")


def _source(name: str) -> str:
    return Path(finders.find(f"core/{name}")).read_text(encoding="utf-8")


def setup_of(agency: AgencyProfile) -> dict:
    """What the service worker keeps, and under which version: a changed file or look makes a new one."""
    assets = [static(f"core/{name}") for name in ("site.css", "site.js", "phone.js", "mark.svg")]
    assets += [url for url in (style_url(agency), logo_url(agency)) if url]
    seen = [*assets, _source("manifest.json"), agency.full_name, agency.address, agency.phone]
    return {
        "version": hashlib.sha256("\n".join(seen).encode()).hexdigest()[:12],
        "offline": reverse("portal:offline"),
        "assets": assets,
        "cards": CARDS,
        "signOut": reverse("account_logout"),
    }


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site, with the version of what it keeps."""
    setup = json.dumps(setup_of(AgencyProfile.current()))
    answer = HttpResponse(
        f"const SETUP={setup};\n{_source('sw.js')}", content_type="text/javascript; charset=utf-8"
    )
    answer["Service-Worker-Allowed"] = "/"
    return answer


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows without internet; kept as it looks to nobody in particular."""
    return render(request, "portal/offline.html")
