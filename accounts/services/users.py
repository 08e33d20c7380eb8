"""Accounts as the administrator handles them: invited, revised, switched off and on, second factor reset."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import Institution, User
from accounts.models.user import normalise_email
from accounts.permissions import is_administrator
from accounts.services.memberships import grant_role, refuse_without_administrator
from accounts.services.passwords import send_password_link
from accounts.services.sessions import end_sessions_of
from core import audit
from core.errors import Refused
from core.redaction import redact
from core.workflow import NotAllowed, opened, revise
from messaging.services import send_email

DENIED = "Akun hanya diurus oleh administrator."


def _check(actor) -> None:
    if actor is not None and not is_administrator(actor):
        raise NotAllowed(DENIED)


def _check_reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("Tulis alasannya. Alasan ini tersimpan di riwayat.", field="comment")
    return redact(reason.strip())


@transaction.atomic
def invite_user(
    *,
    actor,
    email: str,
    full_name: str,
    role: str,
    institution: Institution | None = None,
    request: HttpRequest | None = None,
) -> User:
    """Make an account without a password, give it its first role, and mail a link by which its owner sets one.

    Raises NotAllowed, or Refused when the e-mail is taken, the name is empty, or the role doesn't fit.
    """
    _check(actor)
    full_name = " ".join(full_name.split())
    if not full_name:
        raise Refused("Nama belum diisi. Tulis nama lengkap pemilik akun.", field="full_name")
    taken = Refused(
        "E-mail ini sudah dipakai sebuah akun. Cari akun itu di daftar pengguna, lalu beri peran di sana.",
        field="email",
    )
    if User.objects.filter(email=normalise_email(email)).exists():
        raise taken
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, full_name=full_name)
    except IntegrityError:
        raise taken from None
    opened(user, actor=actor, label="Akun dibuat")
    grant_role(actor=actor, user=user, role=role, institution=institution, tell=False)
    send_password_link(user=user, invited=True, request=request)
    return user


@transaction.atomic
def create_administrator(*, email: str, full_name: str) -> User:
    """Make the first administrator of an installation (command line only); mails the link that sets the password."""
    return invite_user(actor=None, email=email, full_name=full_name, role=Role.ADMINISTRATOR)


def revise_user(user: User, *, actor, version: int, full_name: str) -> User:
    """Correct the name of an account. Raises NotAllowed, StaleRecord, Refused."""
    _check(actor)
    full_name = " ".join(full_name.split())
    if not full_name:
        raise Refused("Nama belum diisi. Tulis nama lengkap pemilik akun.", field="full_name")
    return revise(user, actor=actor, version=version, label="Nama diubah", full_name=full_name)


@transaction.atomic
def deactivate_user(user: User, *, actor, version: int, comment: str) -> User:
    """Switch an account off: it can't sign in and its sessions end. Raises NotAllowed, StaleRecord, Refused."""
    _check(actor)
    if actor is not None and actor.pk == user.pk:
        raise Refused("Anda tidak bisa menonaktifkan akun sendiri. Minta administrator lain.")
    if Role.ADMINISTRATOR in user.active_roles:
        refuse_without_administrator(leaving=user)
    changed = revise(
        user,
        actor=actor,
        version=version,
        label="Akun dinonaktifkan",
        comment=_check_reason(comment),
        is_active=False,
    )
    end_sessions_of(user=changed)
    audit.record("user.deactivated", actor=actor, obj=changed)
    return changed


@transaction.atomic
def reactivate_user(user: User, *, actor, version: int, comment: str) -> User:
    """Switch an account on again. Raises NotAllowed, StaleRecord, Refused."""
    _check(actor)
    changed = revise(
        user,
        actor=actor,
        version=version,
        label="Akun diaktifkan",
        comment=_check_reason(comment),
        is_active=True,
    )
    audit.record("user.reactivated", actor=actor, obj=changed)
    return changed


@transaction.atomic
def reset_second_factor(user: User, *, actor, version: int, comment: str) -> User:
    """Remove the second factor of somebody who lost phone and recovery codes; sessions end, the owner is told.

    Raises NotAllowed, StaleRecord, or Refused for the own account and without a reason.
    """
    _check(actor)
    if actor is not None and actor.pk == user.pk:
        raise Refused("Faktor kedua Anda sendiri diatur ulang oleh administrator lain.")
    changed = revise(
        user, actor=actor, version=version, label="Faktor kedua diatur ulang", comment=_check_reason(comment)
    )
    Authenticator.objects.filter(user=changed).delete()
    end_sessions_of(user=changed)
    audit.record("second_factor.reset", actor=actor, obj=changed)
    send_email(
        changed.email,
        "Faktor kedua akun Anda diatur ulang",
        f"Halo {changed.get_short_name()},\n\nadministrator mengatur ulang faktor kedua akun Anda. Saat masuk lagi, "
        "Anda diminta memasangnya kembali.\n\nBila Anda tidak memintanya, segera hubungi kantor.\n",
        key=f"second-factor-reset:{changed.uid}:{changed.version}",
    )
    return changed
