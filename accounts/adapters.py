"""How allauth behaves here: our words, our outbox, sealed secrets."""

import base64
import io
import time
from uuid import UUID

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest

from accounts.limits import client_ip
from accounts.models import User
from accounts.permissions import needs_second_factor
from core import clock
from core.formats import datetime_long
from core.models.agency import AgencyProfile, NoAgency
from core.personal import seal, unseal
from messaging.services import send_email

RECENT = 300
SECRET_CONTEXT = "accounts.second_factor.secret"  # noqa: S105 - a label, not a secret
SECRET_ROW = UUID(int=0)

MAILS = {
    "account/email/password_changed": ("Kata sandi Anda diganti", "kata sandi akun Anda baru saja diganti"),
    "mfa/email/totp_activated": ("Faktor kedua dipasang", "faktor kedua akun Anda baru saja dipasang"),
    "mfa/email/totp_deactivated": ("Faktor kedua dilepas", "faktor kedua akun Anda baru saja dilepas"),
    "mfa/email/recovery_codes_generated": (
        "Kode cadangan dibuat ulang",
        "kode cadangan akun Anda baru saja dibuat ulang; kode yang lama tidak berlaku lagi",
    ),
}
NOTES = {
    "account/messages/logged_out.txt": "Anda sudah keluar.",
    "account/messages/password_changed.txt": "Kata sandi sudah diganti. Sesi di perangkat lain diakhiri.",
    "mfa/messages/totp_activated.txt": "Faktor kedua sudah dipasang. Simpan kode cadangan di bawah ini.",
    "mfa/messages/totp_deactivated.txt": "Faktor kedua sudah dilepas.",
    "mfa/messages/recovery_codes_generated.txt": "Kode cadangan baru sudah dibuat. Kode lama tidak berlaku lagi.",
}
WRONG = "E-mail, NIK, atau kata sandi tidak cocok. Periksa ejaannya, atau pakai “Lupa kata sandi”."
WRONG_CODE = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu ketik lagi."
TOO_MANY = "Terlalu banyak percobaan yang salah. Tunggu sebentar, lalu coba lagi."


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "account_inactive": WRONG,
        "enter_current_password": "Kata sandi sekarang tidak cocok. Ketik lagi.",
        "incorrect_password": "Kata sandi tidak cocok. Ketik lagi.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as our own limits see it."""
        return client_ip(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by allauth: sign-up is accounts.services.sign_up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who has just signed in needs not type the password again."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < RECENT for record in records)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password of the signed-in user; counts for the lock-out."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ) -> None:
        """Say only what we have words for."""
        text = message or NOTES.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix: str, user: User, context=None, email=None) -> None:
        """Tell the owner that something about the security of the account changed."""
        subject, happened = MAILS[template_prefix]
        now = clock.machine_now()
        body = (
            f"Halo {user.get_short_name()},\n\n{happened} ({datetime_long(now)}).\n\n"
            "Bila itu Anda, tidak ada yang perlu dilakukan. Bila bukan, segera buat kata sandi baru dan hubungi "
            "kantor.\n"
        )
        send_email(user.email, subject, body, key=f"{template_prefix}:{user.uid}:{now.isoformat()}")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator codes: secrets sealed at rest, QR drawn by segno, staff can't go without."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Petugas wajib memakai faktor kedua; tidak bisa dilepas.",
        "cannot_generate_recovery_codes": "Pasang dahulu aplikasi autentikator, lalu buat kode cadangan.",
        "incorrect_code": WRONG_CODE,
    }

    def get_totp_issuer(self) -> str:
        """The name in the authenticator app."""
        try:
            return f"Sidakep {AgencyProfile.current().name}"
        except NoAgency:
            return "Sidakep"

    def build_totp_svg(self, url: str) -> str:
        """The QR code as inline SVG."""
        drawn = io.BytesIO()
        segno.make(url, error="m", micro=False).save(
            drawn, kind="svg", scale=5, border=4, xmldecl=False, svgns=False, nl=False, omitsize=False
        )
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return base64.b64encode(seal(text, context=SECRET_CONTEXT, row=SECRET_ROW)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(base64.b64decode(encrypted_text), context=SECRET_CONTEXT, row=SECRET_ROW)

    def can_delete_authenticator(self, authenticator) -> bool:
        """Those who need a second factor keep it."""
        return not needs_second_factor(authenticator.user)
