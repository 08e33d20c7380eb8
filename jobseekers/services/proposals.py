"""Verified facts and the new ones that an open application asks for.

Once an officer has approved an application of a person, the facts that stand on the card (`FACTS`) are verified: card,
check page, recap, ledger and searches speak of them. What the holder changes afterwards, in a renewal or replacement,
must not reach any of these before an officer has looked. So the person's row keeps the verified facts, and the new ones
wait at the application (`ProposedFacts`). Only the pages on which the application is filled in and examined lay them
over the row (`shown`). Approving writes them to the row; withdrawing or rejecting forgets them.

A first application has nothing verified to keep, and is written to the row at once. So is what an officer writes, who
has the KTP at hand. Phone, e-mail, domicile, wishes, schooling, experience, and the number of the family card (which is
on no card) change at once. A verified NIK can't be changed at all (`people.update_person`).
"""

from datetime import date
from typing import Any

from core.errors import Refused
from core.files import release_file
from core.formats import DASH, date_long
from core.models.files import StoredFile
from core.models.reference import Region, RegionLevel
from jobseekers.enums import ApplicationState
from jobseekers.models import AK1Application, JobSeeker, ProposedFacts
from jobseekers.permissions import owns
from jobseekers.validators import three_digits

FACTS = (
    "full_name", "birth_place", "birth_date", "sex", "marital_status", "religion", "village", "address", "rt", "rw",
    "photo",
)  # fmt: skip
"""What an officer verifies against the documents: it stands on the card, and people are counted by it."""
RT_RW = ("rt", "rw")
NEEDS_APPLICATION = (
    "Data ini sudah diperiksa petugas. Untuk mengubahnya, ajukan perpanjangan atau penggantian kartu (Data pada kartu "
    "berubah), atau datang ke Dinas membawa KTP."
)


def waits(actor, person: JobSeeker) -> bool:
    """Whether what `actor` writes has to wait for an officer: holders about themselves, once they are verified."""
    if not owns(actor, person):
        return False
    return AK1Application.objects.filter(jobseeker=person, state=ApplicationState.APPROVED).exists()


def of_person(person: JobSeeker) -> ProposedFacts | None:
    """The facts that wait at the person's open application."""
    rows = ProposedFacts.objects.filter(
        application__in=AK1Application.objects.open(), application__jobseeker=person
    )
    return rows.select_related("photo").first()


def lay_over(person: JobSeeker, proposal: ProposedFacts | None) -> JobSeeker:
    """Give this loaded person the proposed facts, for showing and checking only: it must not be saved."""
    if proposal is not None:
        for name, value in facts_of(proposal).items():
            setattr(person, name, value)
    return person


def shown(application: AK1Application) -> AK1Application:
    """The application, its person as it would be after approval; load `proposal` and `jobseeker` before."""
    lay_over(application.jobseeker, getattr(application, "proposal", None))
    return application


def changes(application: AK1Application) -> list[tuple[str, str, str]]:
    """What an application that is `shown` would change: the fact's name, its label, and "before → after" in words."""
    proposal = getattr(application, "proposal", None)
    if proposal is None:
        return []
    rows = JobSeeker.objects.select_related("village__parent")
    before, after = rows.get(pk=application.jobseeker_id), application.jobseeker
    # by merging or an officer's hand the row may say by now what was asked for
    told = [name for name in FACTS if name in proposal.values]
    names = [name for name in told if differs(before, name, getattr(after, name))]
    found = [(name, _label(name), f"{_words(before, name)} → {_words(after, name)}") for name in names]
    return found + ([("photo", _label("photo"), "Foto baru")] if proposal.photo_id is not None else [])


def _label(name: str) -> str:
    label = str(JobSeeker._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _words(person: JobSeeker, name: str) -> str:
    value = getattr(person, name)
    if isinstance(value, date):
        return date_long(value)
    if isinstance(value, Region):
        elsewhere = value.level == RegionLevel.DISTRICT and value.parent is not None
        return f"Kecamatan {value.name}, {value.parent.name}" if elsewhere else value.name
    if name in RT_RW:
        return three_digits(value) or DASH
    told = getattr(person, f"get_{name}_display", None)
    return str(told() if told else value) or DASH


def facts_of(proposal: ProposedFacts) -> dict[str, Any]:
    """The proposed facts as the person's row takes them."""
    values = dict(proposal.values)
    if values.get("birth_date"):
        values["birth_date"] = date.fromisoformat(values["birth_date"])
    if values.get("village"):
        rows = Region.objects.select_related("parent__parent")
        values["village"] = rows.get(code=values["village"])
    if proposal.photo_id is not None:
        values["photo"] = proposal.photo
    return values


def set_aside(person: JobSeeker, values: dict[str, Any]) -> dict[str, Any]:
    """Keep the facts among checked `values` at the open application; return the rest, which may be written at once.

    Called with the person locked. A fact that is again as verified is no longer proposed. Raises Refused when a fact
    would change and no application is open.
    """
    facts = {name: value for name, value in values.items() if name in FACTS}
    rest = {name: value for name, value in values.items() if name not in FACTS}
    changed = {name: value for name, value in facts.items() if differs(person, name, value)}
    proposal = of_person(person)
    if proposal is None:
        if not changed:
            return rest
        application = AK1Application.objects.open().filter(jobseeker=person).first()
        if application is None:
            raise Refused(NEEDS_APPLICATION, field=next(iter(changed)))
        proposal = ProposedFacts(application=application)
    for name in facts:
        _propose(proposal, name, changed.get(name), name in changed)
    _keep(proposal)
    return rest


def differs(person: JobSeeker, name: str, value: Any) -> bool:
    """Whether `value` is another one than the person's row has; RT 1 of an old row is the RT 001 of a form."""
    before = getattr(person, name)
    return value != (three_digits(before) if name in RT_RW else before)


def _propose(proposal: ProposedFacts, name: str, value: Any, differs: bool) -> None:
    if name == "photo":
        proposal.photo = value if differs else None
    elif not differs:
        proposal.values.pop(name, None)
    else:
        proposal.values[name] = value.pk if isinstance(value, Region) else value


def _keep(proposal: ProposedFacts) -> None:
    if proposal.values or proposal.photo_id is not None:
        proposal.save()
    elif proposal.pk:
        proposal.delete()


def settle(person: JobSeeker, names: set[str]) -> None:
    """An officer has written these facts to the person: what was proposed for them is answered by that."""
    proposal = of_person(person) if names & set(FACTS) else None
    if proposal is None:
        return
    photo = proposal.photo
    for name in names & set(FACTS):
        _propose(proposal, name, None, False)
    _keep(proposal)
    if "photo" in names and photo is not None:
        release_file(photo)


def take(application: AK1Application) -> dict[str, Any]:
    """Take the proposed facts from an application that is approved: what is to be written to the person."""
    proposal = ProposedFacts.objects.filter(application=application).select_related("photo").first()
    if proposal is None:
        return {}
    values = facts_of(proposal)
    proposal.delete()
    return values


def forget(application: AK1Application) -> bool:
    """Drop the proposed facts of an application that came to nothing; return whether there were any."""
    proposal = ProposedFacts.objects.filter(application=application).select_related("photo").first()
    if proposal is None:
        return False
    photo: StoredFile | None = proposal.photo
    proposal.delete()
    if photo is not None:
        release_file(photo)
    return True
