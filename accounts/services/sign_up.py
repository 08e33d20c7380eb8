"""Sign-up: NIK and e-mail first, then a mailed link, then name and password.

The first page answers the same to a new, a taken and a mistyped-but-well-formed NIK or e-mail: who has an account is
nobody's business. The owner of a taken e-mail is told by mail. A taken NIK shows only after the link has proven a
mailbox; it then becomes an officer's task, and nothing of the other account changes.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from accounts import signals
from accounts.enums import Role
from accounts.links import absolute
from accounts.models import NikClaim, SignUp, User, UserIdentifier
from accounts.models.user import normalise_email
from accounts.services.claims import open_claim
from accounts.services.memberships import grant_role
from accounts.services.sign_up_links import hash_of, mail_link
from core import audit, clock
from core.errors import Refused
from core.personal import blind_index, clean_nik, parse_nik
from core.workflow import opened
from messaging.services import notify, send_email

OWNER_TOLD_EVERY = timedelta(hours=1)

ALREADY = """Halo {name},

ada yang mencoba mendaftar dengan e-mail ini, padahal Anda sudah punya akun.

Bila itu Anda, silakan masuk: {sign_in}
Lupa kata sandi: {forgotten}

Bila bukan Anda, abaikan surat ini; tidak ada yang berubah.
"""


class LinkDead(Refused):
    """The link was used, is too old, or never was."""


@dataclass(frozen=True)
class Outcome:
    """What came of a sign-up: an account, or a claim that an officer decides."""

    user: User | None = None
    claim: NikClaim | None = None


@transaction.atomic
def request_sign_up(*, nik: str, email: str, request: HttpRequest | None = None) -> None:
    """Keep NIK (sealed) and e-mail for a day and mail the link; or tell the owner of an e-mail that is taken.

    Raises InvalidNik or Refused on what can't be a NIK or an e-mail. Returns nothing, whoever asks.
    """
    nik = clean_nik(nik)
    parse_nik(nik)
    email = normalise_email(email)
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("E-mail tidak lengkap. Tulis seperti nama@contoh.com.", field="email") from None
    owner = User.objects.filter(email=email).first()
    if owner is not None:
        _tell_owner(owner, request)
    else:
        mail_link(nik=nik, email=email, request=request)


def _tell_owner(owner: User, request: HttpRequest | None) -> None:
    """Mail the owner, once an hour at most."""
    slot = int(clock.machine_now().timestamp() // OWNER_TOLD_EVERY.total_seconds())
    text = ALREADY.format(
        name=owner.get_short_name(),
        sign_in=absolute(reverse("account_login"), request),
        forgotten=absolute(reverse("account_reset_password"), request),
    )
    send_email(owner.email, "Anda sudah punya akun", text, key=f"sign-up-taken:{owner.uid}:{slot}")


def find_sign_up(token: str) -> SignUp:
    """Return the sign-up of a mailed link. Raises LinkDead."""
    row = SignUp.objects.filter(token_hash=hash_of(token), expires_at__gt=clock.machine_now()).first()
    if row is None:
        raise LinkDead(
            "Tautan ini sudah dipakai atau sudah lewat 24 jam. Daftar lagi untuk mendapat tautan baru."
        )
    return row


def complete_sign_up(
    *, token: str, full_name: str, password: str, request: HttpRequest | None = None
) -> Outcome:
    """Make the account of a mailed link: user, role job seeker, NIK to sign in by, welcome; the link is used up.

    Higher apps hear `signals.signed_up` inside the same transaction. When another account answers to the NIK, a claim
    is opened instead and no account is made. Raises LinkDead. The password has been checked by the form.
    """
    email = find_sign_up(token).email
    encoded = make_password(password)  # slow on purpose, so before the transaction
    full_name = " ".join(full_name.split())
    with transaction.atomic():
        rows = list(
            SignUp.objects.select_for_update().filter(email=email).order_by("pk")
        )  # all, or two would deadlock
        row = next((row for row in rows if bytes(row.token_hash) == hash_of(token)), None)
        if row is None or User.objects.filter(email=email).exists():
            raise LinkDead("Tautan ini sudah dipakai. Silakan masuk dengan e-mail dan kata sandi Anda.")
        nik = row.nik
        outcome = _make_account(row.email, nik, full_name, encoded)
        SignUp.objects.filter(email=row.email).delete()
        if outcome.user is None:
            return outcome
        user = outcome.user
        opened(user, actor=user, label="Mendaftar sendiri")
        grant_role(actor=None, user=user, role=Role.JOBSEEKER, tell=False)
        audit.record("user.signed_up", actor=user, obj=user, request=request)
        notify(
            user,
            "Selamat datang",
            "Akun Anda sudah jadi. Langkah berikutnya: lengkapi data diri, lalu ajukan Kartu AK-1 (kartu kuning).",
            "/beranda/",
            "welcome",
        )
        signals.signed_up.send(sender=User, user=user, nik=nik)
    return outcome


def _make_account(email: str, nik: str, full_name: str, encoded: str) -> Outcome:
    """Save user and identifier, or open a claim when the NIK is held, also when it was taken a moment ago."""
    try:
        with transaction.atomic():
            holder = UserIdentifier.objects.holder_of(nik)
            if holder is None:
                user = User(email=email, full_name=full_name, password=encoded)
                user.save()
                UserIdentifier.objects.create(user=user, nik_index=blind_index(nik))
                return Outcome(user=user)
    except IntegrityError:
        holder = UserIdentifier.objects.holder_of(nik)
        if holder is None:
            raise LinkDead("E-mail ini baru saja dipakai. Silakan masuk.") from None
    return Outcome(claim=open_claim(nik=nik, email=email, full_name=full_name, holder=holder.user))


@transaction.atomic
def purge_sign_ups() -> int:
    """Delete the sign-ups whose link is dead; return how many."""
    return SignUp.objects.filter(expires_at__lte=clock.machine_now()).delete()[0]
