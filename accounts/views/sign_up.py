"""Sign-up: a page that answers everybody alike, and the page of the mailed link."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts import limits, services
from accounts.forms import SignUpConfirmForm, SignUpForm
from accounts.services.sign_up import LinkDead, Outcome
from core.errors import Refused
from core.pages import FormPage, error_summary
from core.personal import mask_nik

PUBLIC = "core/public.html"
UNPROCESSABLE, GONE = 422, 410


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
@limits.limit_posts("sign-up", limit=60, window=limits.HOUR)
def sign_up(request: HttpRequest) -> HttpResponse:
    """NIK and e-mail; leads to the same page for a new, a taken and anybody else's NIK or e-mail."""
    if request.user.is_authenticated:
        return redirect("accounts:home")
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        nik, email = form.cleaned_data["nik"], form.cleaned_data["email"]
        limits.count("sign-up-email", email.lower(), limit=3, window=limits.HOUR)
        limits.count("sign-up-nik", nik, limit=6, window=limits.DAY)
        try:
            services.request_sign_up(nik=nik, email=email, request=request)
        except (Refused, ValidationError) as problem:
            form.add_error(getattr(problem, "field", None) or None, str(problem))
        else:
            return redirect("accounts:sign_up_sent")
    frame = FormPage(
        title="Daftar akun",
        submit_label="Kirim tautan",
        intro="Satu akun untuk kartu AK-1, pelatihan, dan lowongan. Gratis.",
    )
    context = {"form": form, "page": frame, "errors": error_summary(form), "shell_template": PUBLIC}
    return render(request, "accounts/sign_up.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_GET
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, worded for everybody."""
    return render(request, "accounts/sign_up_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limit_posts("sign-up-confirm", limit=60, window=limits.HOUR)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows the form, POST makes the account and signs in."""
    try:
        waiting = services.find_sign_up(token)
    except LinkDead as problem:
        return _dead(request, problem)
    form = SignUpConfirmForm(request.POST if request.method == "POST" else None, email=waiting.email)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.complete_sign_up(
                token=token,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password1"],
                request=request,
            )
        except LinkDead as problem:
            return _dead(request, problem)
        except ValidationError as problem:  # a higher app's rule, e.g. about the name of a person
            _blame(form, problem)
        else:
            return _finished(request, outcome)
    context = {
        "form": form,
        "page": FormPage(title="Buat kata sandi", submit_label="Buat akun"),
        "errors": error_summary(form),
        "shell_template": PUBLIC,
        "email": waiting.email,
        "nik": mask_nik(waiting.nik),
    }
    response = render(
        request, "accounts/sign_up_confirm.html", context, status=UNPROCESSABLE if form.errors else 200
    )
    return _discreet(response)


def _finished(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    if outcome.user is None:
        return render(request, "accounts/sign_up_claimed.html")
    return perform_login(request, outcome.user, signup=True, redirect_url=settings.LOGIN_REDIRECT_URL)


def _blame(form: SignUpConfirmForm, problem: ValidationError) -> None:
    """Put the messages at the fields they speak of, else on top."""
    for name, texts in getattr(problem, "message_dict", {"": problem.messages}).items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def _dead(request: HttpRequest, problem: LinkDead) -> HttpResponse:
    context = {"reason": str(problem), "again_url": reverse("account_signup")}
    return _discreet(render(request, "accounts/link_dead.html", context, status=GONE))


def _discreet(response: HttpResponse) -> HttpResponse:
    """Keep the address, which holds the link's secret, out of the log of refused requests.

    Other sites don't get it either: SECURE_REFERRER_POLICY is same-origin. A stricter one on this page would make
    browsers send its form without an origin, which the CSRF check refuses.
    """
    response._has_been_logged = True  # what Django itself sets once it has written the line
    return response
