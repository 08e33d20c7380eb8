"""The own access tokens: list, make (shown once), revoke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.forms import TokenForm
from accounts.services.tokens import live_tokens, make_token, revoke_tokens
from core.errors import Refused
from core.pages import UNPROCESSABLE, error_summary

GUESSES_AN_HOUR = 10


@never_cache
@sensitive_post_parameters("password")
@sensitive_variables("token", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens; POST makes one for the password, or revokes one. Only this answer shows the clear text."""
    form, token, status = TokenForm(user=request.user), "", 200
    if request.method == "POST" and "cabut" in request.POST:
        return _revoke(request)
    if request.method == "POST":
        limits.count("token-made", str(request.user.pk), limit=GUESSES_AN_HOUR, window=limits.HOUR)
        form, status = TokenForm(request.POST, user=request.user), UNPROCESSABLE
        if form.is_valid():
            try:
                _, token = make_token(actor=request.user, request=request, **form.told())
            except Refused as problem:
                form.add_error(problem.field or None, str(problem))
            else:
                form, status = TokenForm(user=request.user), 200
    context = {
        "rows": live_tokens(request.user),
        "form": form,
        "token": token,
        "errors": error_summary(form) if form.is_bound else [],
    }
    return render(request, "accounts/tokens.html", context, status=status)


def _revoke(request: HttpRequest) -> HttpResponse:
    chosen = request.POST["cabut"]
    row = next((row for row in live_tokens(request.user) if str(row.uid) == chosen), None)
    if row is not None:
        revoke_tokens(user=request.user, actor=request.user, only=row, request=request)
        messages.success(request, f"Token “{row.label}” sudah dicabut.")
    return redirect("accounts:tokens")
