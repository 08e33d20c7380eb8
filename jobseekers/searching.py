"""What the search knows of people, applications and cards. No NIK: its blind index only, found whole."""

from django.urls import reverse

from core import search
from core.personal import blind_index
from core.search import Entry
from jobseekers.models import AK1Application, AK1Card, JobSeeker

PERSON, CARD, APPLICATION = "person", "card", "application"
COUNTRY, WHOLE = "+62", 16


def person_entry(person: JobSeeker) -> Entry | None:
    """Name and telephone; merged and erased people are not found."""
    if not person.is_living:
        return None
    phone = person.phone.replace(COUNTRY, "0", 1) if person.phone.startswith(COUNTRY) else person.phone
    return Entry([person.full_name, phone], [person.nik_index])


def card_entry(card: AK1Card) -> Entry:
    """The number: whole by its blind index (it is as long as a NIK), by its beginning, from the date or serial on."""
    number = card.number
    if len(number) == WHOLE and number.isdecimal():
        return Entry([number[:-1], number[4:], number[10:]], [blind_index(number)])
    return Entry([number])


def application_entry(application: AK1Application) -> Entry:
    """The reference number."""
    return Entry([application.reference])


def _show_person(person: JobSeeker) -> tuple[str, str, str]:
    place = person.village.name if person.village else ""
    return person.full_name, place, reverse("jobseekers:person_detail", args=[person.uid])


def _show_card(card: AK1Card) -> tuple[str, str, str]:
    address = reverse("jobseekers:card_detail", args=[card.uid])
    return str(card), card.jobseeker.full_name, address


def _show_application(row: AK1Application) -> tuple[str, str, str]:
    address = reverse("jobseekers:application_detail", args=[row.uid])
    return str(row), row.jobseeker.full_name, address


search.register_kind(
    PERSON,
    "Pencari kerja",
    model=JobSeeker,
    entry=person_entry,
    rows=lambda user: JobSeeker.objects.visible_to(user).living().select_related("village"),
    show=_show_person,
)
search.register_kind(
    CARD,
    "Kartu AK-1",
    model=AK1Card,
    entry=card_entry,
    rows=lambda user: AK1Card.objects.visible_to(user).select_related("jobseeker"),
    numbers=True,
    show=_show_card,
)
search.register_kind(
    APPLICATION,
    "Permohonan AK-1",
    model=AK1Application,
    entry=application_entry,
    rows=lambda user: AK1Application.objects.visible_to(user).select_related("jobseeker"),
    numbers=True,
    show=_show_application,
)
