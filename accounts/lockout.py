"""Lock-out after wrong passwords (django-axes): what it may know, and what it says."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.selectors import email_of_login
from core.personal import blind_index
from core.views import errors


def account_key(email: str) -> str:
    """Return the keyed hash under which the lock-out tables know an account; NIK and e-mail never stand there."""
    return blind_index(f"lock-out:{email.strip().lower()}").hex()


def hashed_account(request: HttpRequest, credentials: dict | None = None) -> str:
    """AXES_USERNAME_CALLABLE: the account that somebody tries to sign in to, whether it exists or not."""
    told = credentials or {}
    email = told.get("email") or told.get("login")
    if not email:
        email = email_of_login(request.POST.get("login", ""))
    return account_key(email)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: the page 429 that says how long and what to do; the same for an unknown account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = errors.page(
        request,
        429,
        f"Kata sandi salah {settings.AXES_FAILURE_LIMIT} kali. Untuk menjaga akun Anda, masuk dari sini dihentikan "
        f"{minutes} menit. Lupa kata sandi? Buat yang baru lewat e-mail.",
        action_url=reverse("account_reset_password"),
        action_label="Buat kata sandi baru",
    )
    page["Retry-After"] = str(minutes * 60)
    return page
