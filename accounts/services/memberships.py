"""Roles: given and ended."""

import datetime as dt

from django.db import transaction

from accounts.enums import InstitutionState, Role
from accounts.models import Institution, Membership, User
from accounts.permissions import is_administrator
from accounts.validators import check_role_fits
from core import audit, clock
from core.errors import Refused
from core.formats import date_long
from core.redaction import redact
from core.workflow import NotAllowed, opened, revise
from messaging.services import notify

DENIED = "Peran hanya diberikan dan diakhiri oleh administrator."


@transaction.atomic
def grant_role(
    *,
    actor,
    user: User,
    role: str,
    institution: Institution | None = None,
    started_on: dt.date | None = None,
    tell: bool = True,
) -> Membership:
    """Give `user` a role from today (or an earlier day) on, for an institution where the role needs one.

    `actor` is an administrator, or None for the system. Raises NotAllowed, or Refused when role and institution don't
    go together, the institution is closed, the account is inactive, the day lies ahead, or the role is held already.
    """
    if actor is not None and not is_administrator(actor):
        raise NotAllowed(DENIED)
    if role not in Role.values:
        raise Refused("Peran tidak dikenal. Pilih salah satu dari daftar.", field="role")
    user = User.objects.select_for_update().get(pk=user.pk)
    check_role_fits(role, institution.kind if institution else None)
    started_on = started_on or clock.today()
    if started_on > clock.today():
        raise Refused(
            f"Peran tidak bisa mulai pada {date_long(started_on)}, karena hari itu belum tiba. Isi hari ini atau "
            "sebelumnya.",
            field="started_on",
        )
    if not user.is_active:
        raise Refused("Akun ini tidak aktif. Aktifkan akunnya dahulu, lalu beri peran.")
    if institution is not None and institution.state == InstitutionState.CLOSED:
        raise Refused(
            "Lembaga ini sudah ditutup. Buka lagi lembaganya, atau pilih yang lain.", field="institution"
        )
    if Membership.objects.open().filter(user=user, role=role, institution=institution).exists():
        raise Refused("Pengguna ini sudah memegang peran itu. Tidak ada yang perlu diubah.", field="role")
    membership = Membership.objects.create(
        user=user, role=role, institution=institution, started_on=started_on
    )
    opened(membership, actor=actor, label="Peran diberikan")
    audit.record(
        "role.granted", actor=actor, obj=user, detail={"role": role, "membership": str(membership.uid)}
    )
    if tell:
        notify(
            user,
            "Anda mendapat peran baru",
            f"Peran: {membership}. Menu Anda sudah disesuaikan.",
            "/akun/",
            f"membership:{membership.uid}",
        )
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, actor, version: int, comment: str) -> Membership:
    """End a role now; the rights are gone with the next page. Final: to give it again is a new membership.

    Raises NotAllowed, StaleRecord, or Refused when it has ended already, has no reason, or is the last administrator.
    """
    if actor is not None and not is_administrator(actor):
        raise NotAllowed(DENIED)
    comment = redact(comment.strip())
    if not comment:
        raise Refused("Tulis alasan mengakhiri peran. Alasan ini tersimpan di riwayat.", field="comment")
    if membership.ended_on is not None:
        raise Refused("Peran ini sudah berakhir. Tidak ada yang perlu diubah.")
    if membership.role == Role.ADMINISTRATOR:
        refuse_without_administrator(leaving=membership.user)
    ended = revise(
        membership,
        actor=actor,
        version=version,
        label="Peran diakhiri",
        comment=comment,
        ended_on=max(clock.today(), membership.started_on),
    )
    audit.record(
        "role.ended", actor=actor, obj=ended.user, detail={"role": ended.role, "membership": str(ended.uid)}
    )
    notify(
        ended.user,
        "Peran Anda berakhir",
        f"Peran {ended} berakhir. Alasan: {comment}",
        "/akun/",
        f"membership-end:{ended.uid}",
    )
    return ended


def refuse_without_administrator(*, leaving: User) -> None:
    """Raise Refused when nobody but `leaving` administers; locks the administrators' rows meanwhile."""
    rows = Membership.objects.open().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if all(row.user_id == leaving.pk for row in rows.select_for_update(of=("self",)).order_by("pk")):
        raise Refused(
            "Ini administrator terakhir. Beri dahulu peran administrator kepada orang lain, lalu akhiri peran ini."
        )
