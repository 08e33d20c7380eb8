"""School leavers: their BKK sends a class in, each person confirms and sends their own draft."""

import re

from django.db import transaction

from accounts.models import Institution, User
from accounts.services.sign_up_links import make_link
from core.errors import Refused
from core.models.agency import AgencyProfile
from core.personal import blind_index
from core.workflow import revise
from jobseekers import notifications
from jobseekers.enums import LinkPurpose, Origin
from jobseekers.models import AK1Application, JobSeeker, OneTimeLink
from jobseekers.policies import DRAFT_LINK_DAYS
from jobseekers.services import links
from jobseekers.services.applications import start_application
from jobseekers.services.people import lock_person, register_person

PURPOSE = LinkPurpose.CONFIRM_DRAFT
_OFFICE = re.compile(r"^(bkk|bursa kerja khusus)(?=[\s(])[\s(]*(bkk\)?\s+)?", re.IGNORECASE)
LINK_TRIES = 60
"""Mailed links that one network may try in an hour, by page and API together."""


class SignInFirst(Refused):
    """The e-mail has an account already: the person signs in and opens the link again."""


def sent_before(school: Institution, nik: str) -> bool:
    """Whether this BKK itself sent in this NIK and the draft is still open; says nothing about anybody else."""
    return (
        AK1Application.objects.open()
        .filter(origin=Origin.BKK, via_institution=school, jobseeker__nik_index=blind_index(nik))
        .exists()
    )


def school_of(office: Institution) -> str:
    """The school that a BKK belongs to: nobody went to school at the job office, though its name begins with it."""
    return _OFFICE.sub("", office.name).strip() or office.name


@transaction.atomic
def send_in(*, actor, school: Institution, nik: str, email: str, **answers) -> AK1Application:
    """Make the draft of one leaver and mail them the link; nothing goes to the office's queue.

    A NIK that is on file already gets the same answer: the second claim stays unverified, and an officer compares
    the two when the file comes in. Raises ValidationError by field, or Refused when this BKK sent the NIK before.
    """
    if sent_before(school, nik):
        raise Refused("NIK ini sudah ada pada unggahan Anda sebelumnya.", field="nik")
    answers = {"education_school": school_of(school), **answers}
    person = register_person(actor=actor, nik=nik, email=email, **answers)
    draft = start_application(actor=actor, person=person, origin=Origin.BKK, via_institution=school)
    days = AgencyProfile.current().policy(DRAFT_LINK_DAYS.name)
    token = links.make(purpose=PURPOSE, person=person, application=draft, days=days)
    notifications.confirm_draft(draft, token)
    return draft


@transaction.atomic
def confirm(link: OneTimeLink, *, user: User | None) -> str:
    """Take the draft over: into the signed-in user's account, or by returning the secret of a sign-up link.

    Whoever follows a mailed link owns the mailbox, so the sign-up needs no second mail; the one-time link is used up
    when the account is there. Returns "" when the draft is the user's now. Raises SignInFirst, or LinkDead.
    """
    person = lock_person(link.jobseeker)
    if user is None:
        if User.objects.filter(email=person.email).exists():
            raise SignInFirst("E-mail ini sudah punya akun. Masuk dulu, lalu buka lagi tautan ini.")
        return make_link(nik=person.read_nik(), email=person.email)[1]
    if user.email != person.email:
        raise Refused("Tautan ini dikirim ke e-mail lain. Keluar dulu, lalu buka lagi tautannya.")
    links.use(link)
    if JobSeeker.objects.filter(user=user).exists():
        notifications.known_leaver(link.application)
        return ""
    _hand_over(person, user)
    return ""


def _hand_over(person: JobSeeker, user: User) -> JobSeeker:
    return revise(
        person, actor=user, version=person.version, label="Draf dari BKK dikonfirmasi pemiliknya", user=user
    )


def take_over(*, user: User, nik: str) -> bool:
    """Give a new account the draft that a BKK prepared for this NIK and e-mail; False when there is none.

    Both have to fit: the e-mail was proven by the sign-up, the NIK is what the BKK wrote. Called inside the sign-up's
    transaction.
    """
    drafts = AK1Application.objects.open().filter(
        origin=Origin.BKK,
        jobseeker__user__isnull=True,
        jobseeker__nik_index=blind_index(nik),
        jobseeker__email=user.email,
    )
    draft = drafts.select_related("jobseeker").order_by("-pk").first()
    if draft is None:
        return False
    person = lock_person(draft.jobseeker)
    if person.user_id is not None:
        return False
    for link in OneTimeLink.objects.filter(application=draft, purpose=PURPOSE, used_at__isnull=True):
        try:
            links.use(link)
        except links.LinkDead:
            return False
    _hand_over(person, user)
    return True
