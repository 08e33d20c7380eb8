"""The home of the signed-in user: what waits for them, by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.permissions import is_staff_member
from core import clock
from portal.homes import home_for, roles_of


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The home of the chosen role (``?peran=``), or of the first one that the user holds."""
    roles = roles_of(request.user)
    asked = request.GET.get("peran", "")
    role = asked if asked in roles else next(iter(roles), "")
    choices = [
        {"label": Role(each).label, "url": f"?peran={each}", "current": each == role, "count": None}
        for each in roles
    ]
    context = {
        "home": home_for(request.user, role) if role else None,
        "role": Role(role).label if role else "",
        "roles": choices if len(choices) > 1 else [],
        "now": clock.now(),
    }
    staff = is_staff_member(request.user)
    return render(request, "portal/home_staff.html" if staff else "portal/home_outside.html", context)
