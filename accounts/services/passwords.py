"""Links that set a password: after forgetting it, or on an invitation."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.backends import may_sign_in
from accounts.links import absolute
from accounts.models import User
from accounts.selectors import user_of_login
from core import clock
from core.formats import datetime_long
from messaging.services import send_email

INVITED = """Halo {name},

kami membuat akun Sidakep untuk Anda. Buat kata sandi lewat tautan ini, paling lambat {until}:

{link}

Bila Anda tidak tahu tentang akun ini, abaikan surat ini.
"""
FORGOTTEN = """Halo {name},

ada permintaan membuat kata sandi baru untuk akun Anda. Buka tautan ini, paling lambat {until}:

{link}

Bila bukan Anda yang meminta, abaikan surat ini; kata sandi Anda tidak berubah.
"""


@transaction.atomic
def send_password_link(*, user: User, invited: bool = False, request: HttpRequest | None = None) -> None:
    """Mail a link that sets a password once and for PASSWORD_RESET_TIMEOUT seconds at most."""
    token = default_token_generator.make_token(user)
    path = reverse("accounts:password_set", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
    until = clock.machine_now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    text = (INVITED if invited else FORGOTTEN).format(
        name=user.get_short_name(),
        until=datetime_long(until),
        link=absolute(path, request),
    )
    subject = "Undangan: buat kata sandi akun Anda" if invited else "Buat kata sandi baru"
    send_email(
        user.email,
        subject,
        text,
        key=f"password:{user.uid}:{hashlib.sha256(token.encode()).hexdigest()}",
        expires_at=until,
    )


def request_reset(*, login: str, request: HttpRequest | None = None) -> None:
    """Mail a reset link to the account of an e-mail or NIK. Says nothing about whether there is one."""
    user = user_of_login(login)
    if user is not None and may_sign_in(user):
        send_password_link(user=user, request=request)
