"""What is written into the audit trail when somebody signs in, fails to, or leaves."""

from allauth.mfa import signals as mfa_signals
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.lockout import hashed_account
from core import audit


@receiver(user_logged_in, dispatch_uid="accounts.audit.signed_in")
def signed_in(sender, request, user, **kwargs) -> None:
    """A session begins."""
    audit.record("session.started", actor=user, obj=user, request=request)


@receiver(user_logged_out, dispatch_uid="accounts.audit.signed_out")
def signed_out(sender, request, user, **kwargs) -> None:
    """A session is ended by its user."""
    if user is not None:
        audit.record("session.ended", actor=user, obj=user, request=request)


@receiver(user_login_failed, dispatch_uid="accounts.audit.failed")
def failed(sender, credentials, request=None, **kwargs) -> None:
    """A wrong password; the account is known by its keyed hash only."""
    if request is not None:
        detail = {"account": hashed_account(request, credentials)}
        audit.record("session.refused", actor=None, detail=detail, request=request)


@receiver(mfa_signals.authenticator_added, dispatch_uid="accounts.audit.factor_added")
def factor_added(sender, request, user, authenticator, **kwargs) -> None:
    """A second factor was set up."""
    audit.record(
        "second_factor.added", actor=user, obj=user, detail={"type": authenticator.type}, request=request
    )


@receiver(mfa_signals.authenticator_removed, dispatch_uid="accounts.audit.factor_removed")
def factor_removed(sender, request, user, authenticator, **kwargs) -> None:
    """A second factor was taken away by its owner."""
    audit.record(
        "second_factor.removed", actor=user, obj=user, detail={"type": authenticator.type}, request=request
    )
