"""Signing in and out, passwords, the second factor: allauth's views with our forms, words and limits."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts import limits, services
from accounts.backends import may_sign_in
from accounts.devices import device_name
from accounts.forms import NewPasswordForm, ResetForm
from accounts.lockout import account_key
from accounts.permissions import needs_second_factor
from accounts.selectors import email_of_login, sessions_of
from accounts.services.tokens import revoke_tokens
from core import audit
from core.pages import FormPage, error_summary

PUBLIC = "core/public.html"
UNPROCESSABLE, GONE = 422, 410


class FramedForm:
    """Gives allauth's form views what core/form.html shows: heading, button, error summary."""

    heading = ""
    submit_label = "Lanjut"
    intro = ""
    back: tuple[str, str] | None = None
    public = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the frame to the context."""
        context = super().get_context_data(**kwargs)
        back_name, back_label = self.back or ("", "")
        context["page"] = FormPage(
            title=self.heading,
            submit_label=self.submit_label,
            intro=self.intro,
            back_url=reverse(back_name) if back_name else "",
            back_label=back_label,
        )
        context["errors"] = error_summary(context["form"])
        if self.public:
            context["shell_template"] = PUBLIC
        return context

    def form_invalid(self, form) -> HttpResponse:
        """Show the form again, as what it is: not processed."""
        response = super().form_invalid(form)
        response.status_code = UNPROCESSABLE
        return response


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(limits.limit_posts("sign-in", limit=60, window=5 * limits.MINUTE), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SignInView(FramedForm, account.LoginView):
    """E-mail or NIK, and password."""

    template_name = "accounts/sign_in.html"
    heading, submit_label, public = "Masuk", "Masuk", True


@method_decorator(login_not_required, name="dispatch")
class SignOutView(account.LogoutView):
    """Asks on GET, leaves on POST; signed out already leads on."""

    template_name = "accounts/sign_out.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePasswordView(FramedForm, account.PasswordChangeView):
    """The own password."""

    template_name = "core/form.html"
    heading, submit_label = "Ganti kata sandi", "Ganti kata sandi"
    back = ("accounts:home", "Akun saya")
    success_url = reverse_lazy("accounts:home")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An account without a password gets one by a mailed link."""
        if not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        """Change it and end tokens and the sessions elsewhere."""
        response = super().form_valid(form)
        services.end_other_sessions(actor=self.request.user, current_key=self.request.session.session_key)
        revoke_tokens(user=self.request.user, actor=self.request.user, request=self.request)
        audit.record("password.changed", actor=self.request.user, obj=self.request.user, request=self.request)
        return response


class OtherWays:
    """Offers the other ways to confirm who one is."""

    LABELS = {"reauthenticate": "Pakai kata sandi", "mfa_reauthenticate": "Pakai kode dari aplikasi"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ways in our words."""
        context = super().get_context_data(**kwargs)
        context["ways"] = [
            {"url": way["url"], "label": self.LABELS[way["id"]]}
            for way in context["reauthentication_alternatives"]
        ]
        return context


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConfirmPasswordView(OtherWays, FramedForm, account.ReauthenticateView):
    """The password once more."""

    template_name = "accounts/confirm.html"
    heading = "Pastikan ini Anda"
    intro = "Untuk langkah ini kami perlu kata sandi Anda sekali lagi."


class ConfirmCodeView(OtherWays, FramedForm, mfa.ReauthenticateView):
    """The code once more."""

    template_name = "accounts/confirm.html"
    heading = "Pastikan ini Anda"
    intro = "Buka aplikasi autentikator di HP Anda, lalu ketik kodenya."


@method_decorator(limits.limit_posts("second-factor", limit=60, window=5 * limits.MINUTE), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class CodeView(FramedForm, mfa.AuthenticateView):
    """The code at sign-in."""

    template_name = "accounts/second_factor_code.html"
    heading, submit_label, public = "Ketik kode dari aplikasi", "Masuk", True
    intro = "Buka aplikasi autentikator di HP Anda. HP hilang? Pakai salah satu kode cadangan Anda."

    def form_invalid(self, form) -> HttpResponse:
        """Show the form again."""
        return self.render_to_response(self.get_context_data(), status=UNPROCESSABLE)


class SecondFactorView(mfa.IndexView):
    """State of the own second factor."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether it may be removed."""
        context = super().get_context_data(**kwargs)
        context["required"] = needs_second_factor(self.request.user)
        codes = context["authenticators"].get("recovery_codes")
        context["codes_left"] = len(codes.get_unused_codes()) if codes else 0
        return context


class ActivateView(FramedForm, totp.ActivateTOTPView):
    """Setting up the authenticator app."""

    template_name = "accounts/second_factor_activate.html"
    heading, submit_label = "Pasang faktor kedua", "Pasang"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the QR code for inline drawing, and the secret in groups of four for typing."""
        context = super().get_context_data(**kwargs)
        context["qr"] = mark_safe(context["totp_svg"])  # noqa: S308 - drawn by segno from our own address
        secret = context["form"].secret
        context["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["required"] = needs_second_factor(self.request.user)
        return context


class DeactivateView(FramedForm, totp.DeactivateTOTPView):
    """Removing the authenticator app; not for staff."""

    template_name = "core/form.html"
    heading, submit_label = "Lepas faktor kedua", "Lepas"
    back = ("mfa_index", "Faktor kedua")
    intro = "Sesudah ini akun Anda hanya dijaga kata sandi."


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The recovery codes that are left."""

    template_name = "accounts/recovery_codes.html"


class GenerateCodesView(FramedForm, recovery.GenerateRecoveryCodesView):
    """New recovery codes; the old ones die."""

    template_name = "core/form.html"
    heading, submit_label = "Buat kode cadangan baru", "Buat kode baru"
    back = ("mfa_index", "Faktor kedua")
    intro = "Kode cadangan yang lama tidak berlaku lagi."


class DownloadCodesView(recovery.DownloadRecoveryCodesView):
    """The recovery codes as a text file."""

    template_name = "accounts/recovery_codes.txt"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@limits.limit_posts("password-reset", limit=30, window=limits.HOUR)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask whose password is forgotten; the answer is the same whether or not there is such an account."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        limits.count("password-reset-account", email_of_login(login), limit=3, window=limits.HOUR)
        services.request_reset(login=login, request=request)
        return redirect("accounts:forgotten_sent")
    frame = FormPage(
        title="Lupa kata sandi",
        submit_label="Kirim tautan",
        intro="Kami mengirim tautan untuk membuat kata sandi baru ke e-mail akun Anda.",
        back_url=reverse("account_login"),
        back_label="Masuk",
    )
    context = {"form": form, "page": frame, "errors": error_summary(form), "shell_template": PUBLIC}
    return render(request, "core/form.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_GET
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What happens next; says nothing about whether there is such an account."""
    return render(request, "accounts/forgotten_sent.html")


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SetPasswordView(PasswordResetConfirmView):
    """A mailed link: GET shows the form (the secret leaves the address), POST sets the password; then sign in."""

    form_class = NewPasswordForm
    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("account_login")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A dead link is gone; a form with errors is not processed."""
        form = context.get("form")
        status = 200 if self.validlink else GONE
        return super().render_to_response(
            context, status=UNPROCESSABLE if form is not None and form.errors else status, **kwargs
        )

    def get_user(self, uidb64: str):
        """The account of the link, unless it may not sign in."""
        user = super().get_user(uidb64)
        return user if user is not None and may_sign_in(user) else None

    def form_valid(self, form) -> HttpResponse:
        """Set it, lift the lock-out, end all sessions and tokens of the account."""
        response = super().form_valid(form)
        AxesProxyHandler.reset_attempts(username=account_key(self.user.email))
        services.end_sessions_of(user=self.user)
        revoke_tokens(user=self.user, actor=self.user, request=self.request)
        audit.record("password.set_by_link", actor=self.user, obj=self.user, request=self.request)
        messages.success(self.request, "Kata sandi sudah disimpan. Silakan masuk.")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the frame."""
        context = super().get_context_data(**kwargs)
        form = context.get("form")
        context["page"] = FormPage(title="Buat kata sandi", submit_label="Simpan kata sandi")
        context["errors"] = error_summary(form) if form is not None and form.is_bound else []
        context["shell_template"] = PUBLIC
        return context


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the own account is signed in; POST ends one session, or all others."""
    own = sessions_of(request.user)
    if request.method == "POST":
        chosen = request.POST.get("sesi", "")
        if chosen == "lain":
            count = services.end_other_sessions(actor=request.user, current_key=request.session.session_key)
            messages.success(request, f"{count} sesi lain sudah diakhiri.")
        elif chosen.isdigit() and (session := own.filter(pk=int(chosen[:18])).first()) is not None:
            current = session.session_key == request.session.session_key
            services.end_session(actor=request.user, session=session)
            if current:
                request.session.flush()
                return redirect("account_login")
            messages.success(request, "Sesi itu sudah diakhiri.")
        return redirect("accounts:sessions")
    rows = [
        {
            "id": session.pk,
            "device": device_name(session.user_agent),
            "ip": session.ip,
            "at": session.created_at,
            "current": session.session_key == request.session.session_key,
        }
        for session in own
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The own account: who I am here, and where to change it."""
    return render(request, "accounts/home.html", {"memberships": request.user.active_memberships})
