"""What this room does when a lower floor opens a door."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import nik_released, signed_up
from core.personal import parse_nik
from core.workflow import revise
from jobseekers.models import JobSeeker
from jobseekers.services import leavers
from jobseekers.services.people import register_person


@receiver(signed_up, dispatch_uid="jobseekers.person_of_account")
def make_person(sender, *, user: User, nik: str, **kwargs) -> None:
    """Give a new account its person; birth date and sex are read from the NIK, which stays unverified.

    A draft that a BKK prepared for this NIK and e-mail becomes the account's own.
    """
    if leavers.take_over(user=user, nik=nik):
        return
    parts = parse_nik(nik)
    register_person(
        actor=user,
        user=user,
        full_name=user.full_name,
        sex=parts.sex,
        birth_date=parts.birth_date,
        nik=nik,
        email=user.email,
    )


@receiver(nik_released, dispatch_uid="jobseekers.drop_wrong_nik")
def drop_wrong_nik(sender, *, user: User, nik_index: bytes, actor, **kwargs) -> None:
    """Forget a NIK that an officer found to be somebody else's."""
    person = JobSeeker.objects.select_for_update(of=("self",)).filter(user=user).first()
    if person is None or not person.nik_index or bytes(person.nik_index) != bytes(nik_index):
        return
    revise(
        person,
        actor=actor,
        version=person.version,
        label="NIK dilepas: bukan milik pemegang akun",
        nik_sealed=None,
        nik_index=None,
        nik_verified_at=None,
        nik_verified_by=None,
        nik_verified_method="",
    )
