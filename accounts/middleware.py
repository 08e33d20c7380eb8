"""Second factor for staff, and the answer to a reached limit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.limits import TooManyRequests
from accounts.permissions import needs_second_factor
from accounts.selectors import has_second_factor
from core.views import errors

SETTING_UP = frozenset(
    {
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_logout",
        "core:style",
        "healthz",
        "readyz",
    }
)
"""The pages that staff without a second factor may open: those that set one up, and the way out."""


class SecondFactorMiddleware:
    """Sends staff who have no second factor yet to set one up; nothing else opens before."""

    def __init__(self, get_response) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the view is looked at in process_view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Redirect unless the page belongs to setting up."""
        user = request.user
        if not user.is_authenticated or request.resolver_match.view_name in SETTING_UP:
            return None
        if not needs_second_factor(user) or has_second_factor(user):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_activate_totp")})
        return redirect("mfa_activate_totp")


class LimitMiddleware:
    """Answers TooManyRequests, wherever it was raised, with the page 429 and Retry-After."""

    def __init__(self, get_response) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; exceptions of views come to process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Show how long to wait."""
        if not isinstance(problem, TooManyRequests):
            return None
        minutes = max(1, -(-problem.retry_after // 60))
        page = errors.page(
            request,
            429,
            f"Terlalu banyak percobaan dari sini. Tunggu {minutes} menit, lalu coba lagi. Tidak ada yang berubah.",
            action_url=request.path,
            action_label="Coba lagi",
        )
        page["Retry-After"] = str(problem.retry_after)
        return page
