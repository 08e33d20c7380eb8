"""The NIK that an account answers to."""

from django.db import IntegrityError, transaction

from accounts import signals
from accounts.models import User, UserIdentifier
from core import audit
from core.errors import Refused
from core.personal import blind_index, parse_nik


@transaction.atomic
def bind_nik(*, actor, user: User, nik: str) -> UserIdentifier:
    """Let `user` sign in by `nik` too. Raises InvalidNik, or Refused when another account answers to it."""
    parse_nik(nik)
    index = blind_index(nik)
    held = Refused("NIK ini sudah dipakai akun lain. Minta pengantar kerja memeriksanya.", field="nik")
    found = UserIdentifier.objects.filter(nik_index=index).first()
    if found is not None:
        if found.user_id != user.pk:
            raise held
        return found
    try:
        with transaction.atomic():
            identifier, _ = UserIdentifier.objects.update_or_create(user=user, defaults={"nik_index": index})
    except IntegrityError:
        raise held from None
    audit.record("identifier.bound", actor=actor, obj=user)
    return identifier


@transaction.atomic
def release_nik(*, actor, user: User) -> None:
    """Take the NIK from an account; listeners of `nik_released` undo what hangs on it. Nothing happens without one."""
    identifier = UserIdentifier.objects.select_for_update().filter(user=user).first()
    if identifier is None:
        return
    index = bytes(identifier.nik_index)
    identifier.delete()
    audit.record("identifier.released", actor=actor, obj=user)
    signals.nik_released.send(sender=User, user=user, nik_index=index, actor=actor)
