"""Erasing an account with its person (UU 27/2022 Ps 8 and 43)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.db import transaction

from accounts.enums import Role
from accounts.models import AccessToken, Membership, NikClaim, SignUp, User, UserIdentifier
from accounts.services.sessions import end_sessions_of
from core import audit, clock
from core.models.idempotency import IdempotencyKey
from core.models.workflow import WorkflowLog
from core.workflow import revise

ERASED_NAME = "(data dihapus)"
LABEL = "Akun dihapus atas permintaan"


@transaction.atomic
def erase_account(user: User, *, actor) -> bool:
    """Remove the person from an account: name, address, NIK, second factor, sessions, tokens; return whether it went.

    Who also works in the office or for an institution keeps the account without the job seeker's part: that account is
    not the person's own. The audit trail keeps who acted when, as the law on evidence asks; it is append-only.
    """
    UserIdentifier.objects.filter(user=user).delete()
    held = Membership.objects.open().filter(user=user)
    for membership in held.filter(role=Role.JOBSEEKER):
        ended = max(clock.today(), membership.started_on)
        revise(membership, actor=actor, version=membership.version, label=LABEL, ended_on=ended)
    if held.exclude(role=Role.JOBSEEKER).exists():
        return False
    end_sessions_of(user=user)
    for table in (Authenticator, EmailAddress, UserSession, IdempotencyKey, AccessToken):
        table.objects.filter(user=user).delete()
    for table in (AccessAttempt, AccessLog):
        table.objects.filter(username=user.email).delete()
    email = f"dihapus-{user.uid.hex}@akun.invalid"
    WorkflowLog.objects.filter(actor=user).update(actor=None, actor_name="Pemohon")
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.set_unusable_password()
    changed = revise(
        fresh,
        actor=actor,
        version=fresh.version,
        label=LABEL,
        email=email,
        full_name=ERASED_NAME,
        is_active=False,
        password=fresh.password,
        last_login=None,
    )
    User.history.filter(id=user.pk).update(email=email, full_name=ERASED_NAME)
    WorkflowLog.objects.of(changed).exclude(comment="").update(comment=ERASED_NAME)
    audit.record("user.erased", actor=actor, obj=changed)
    return True


@transaction.atomic
def forget_claims(*, nik_index: bytes | None, emails: set[str]) -> int:
    """Delete sign-ups that wait and claims on a NIK, by the NIK's index or an address; return how many."""
    gone = 0
    for table in (SignUp, NikClaim):
        rows = table.objects.filter(email__in=emails)
        if nik_index:
            rows = rows | table.objects.filter(nik_index=bytes(nik_index))
        numbers = list(rows.values_list("pk", flat=True))
        if table is NikClaim:
            NikClaim.history.filter(id__in=numbers).delete()
        gone += table.objects.filter(pk__in=numbers).delete()[0]
    return gone
