"""The mailed link of a sign-up."""

import hashlib
import secrets
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse

from accounts.links import absolute
from accounts.models import SignUp
from core import clock
from core.formats import datetime_long
from core.personal import blind_index
from messaging.services import send_email

LINK_LIVES = timedelta(hours=24)

INVITATION = """Halo,

terima kasih sudah mendaftar. Buka tautan ini untuk membuat kata sandi, paling lambat {until}:

{link}

Bila bukan Anda yang mendaftar, abaikan surat ini.
"""


def hash_of(token: str) -> bytes:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(token.encode()).digest()


def make_link(*, nik: str, email: str) -> tuple[SignUp, str]:
    """Keep NIK (sealed) and e-mail for LINK_LIVES and return the row and the secret of its link.

    For who proved the mailbox in another way, e.g. by a link that was mailed there; everybody else gets it by mail.
    """
    now = clock.machine_now()
    token = secrets.token_urlsafe(32)
    row = SignUp(
        email=email,
        nik_index=blind_index(nik),
        token_hash=hash_of(token),
        created_at=now,
        expires_at=now + LINK_LIVES,
    )
    row.nik = nik
    row.save()
    return row, token


def mail_link(*, nik: str, email: str, request: HttpRequest | None = None) -> SignUp:
    """Make a link and mail it, inside the caller's transaction."""
    row, token = make_link(nik=nik, email=email)
    link = absolute(reverse("accounts:sign_up_confirm", args=[token]), request)
    text = INVITATION.format(until=datetime_long(row.expires_at), link=link)
    send_email(email, "Lanjutkan pendaftaran Anda", text, key=f"sign-up:{row.uid}", expires_at=row.expires_at)
    return row
