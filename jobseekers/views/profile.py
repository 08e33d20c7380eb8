"""What a card holder changes without an application: the parts on which neither the card's identity nor a count rests.

Name, birth, sex, status, address, schooling and photo stand on the card and in the ledger; they change by a
replacement application, which an officer examines.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.pages import Fact
from jobseekers import parts
from jobseekers.enums import EDITABLE_APPLICATION, CardState
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.services import profile
from jobseekers.views import rows, tasklist
from jobseekers.views.answers import identity
from jobseekers.views.answers import schooling as schooling_facts
from jobseekers.views.filling import FillPart
from jobseekers.views.own import own_person

FREE = (
    parts.CONTACT,
    parts.DOMICILE,
    parts.SKILLS,
    parts.WORK,
    parts.TRAINING,
    parts.WISHES,
    parts.NEEDS,
)
OPEN = "Ada permohonan yang belum selesai. Ubah isian Anda di sana."
SENT = "Permohonan Anda sedang diperiksa. Profil bisa diubah lagi setelah ada keputusan."


def holder(request: HttpRequest) -> JobSeeker:
    """The reader, who holds a card; 404 for everybody else."""
    person = own_person(request)
    if person is None or not AK1Card.objects.filter(jobseeker=person, state=CardState.ACTIVE).exists():
        raise Http404("Profil ini terbuka setelah kartu Anda terbit.")
    return person


def elsewhere(request: HttpRequest, person: JobSeeker) -> HttpResponse | None:
    """The open application, when there is one: then the answers are given there."""
    application = AK1Application.objects.open().filter(jobseeker=person).first()
    if application is None:
        return None
    messages.info(request, OPEN if application.state in EDITABLE_APPLICATION else SENT)
    return redirect("jobseekers:my_application", uid=application.uid)


@require_safe
def my_profile(request: HttpRequest) -> HttpResponse:
    """The free parts with their pages, and what is printed on the card."""
    person = holder(request)
    turned = elsewhere(request, person)
    if turned is not None:
        return turned
    there = tasklist.filled(person) | {parts.CONTACT.slug}
    lines = [
        {
            "title": part.title,
            "url": _part_url(part),
            "filled": part.slug in there,
            "hint": tasklist.HINTS.get(part.slug),
        }
        for part in FREE
    ]
    printed = [*identity(person), Fact("Alamat", person.address_line()), *schooling_facts(person)[:3]]
    return render(request, "jobseekers/my_profile.html", {"lines": lines, "printed": printed})


def _part_url(part: parts.Part) -> str:
    return reverse("jobseekers:profile_part", args=[part.slug])


class HolderMixin:
    """The pages of the task list, for a holder without an application."""

    home_label = "Profil Anda"

    def turned_away(self, request: HttpRequest) -> HttpResponse | None:
        """404 for who holds no card and for parts that are not free; to the application when one is open."""
        self.person = holder(request)
        if self.part() not in FREE:
            raise Http404("Bagian ini hanya berubah lewat permohonan penggantian kartu.")
        return elsewhere(request, self.person)

    def part(self) -> parts.Part | None:
        """The part that the address speaks of, by its own name or by a kind of row."""
        kind = profile.KINDS.get(self.kwargs.get("kind", ""))
        return kind.part if kind else parts.PARTS.get(self.kwargs.get("part", ""))

    def home_url(self) -> str:
        """The list of the free parts."""
        return reverse("jobseekers:my_profile")

    def part_url(self, part: parts.Part) -> str:
        """Where a part is filled in."""
        return _part_url(part)

    def row_url(self, kind: profile.RowKind, name: str, *args: Any) -> str:
        """The page of a row."""
        return reverse(f"jobseekers:profile_{name}", args=[kind.slug, *args])

    def next_url(self) -> str:
        """Back to the list: nothing has to be sent."""
        return self.home_url()


class FillProfile(HolderMixin, FillPart):
    """A free part that is one form."""

    submit_label = "Simpan"
    success_message = "Tersimpan."


class ProfileRows(HolderMixin, rows.RowList):
    """A free part that is a list."""


class ProfileRow(HolderMixin, rows.RowForm):
    """Adding a row, or changing one."""


class ProfileOccupation(HolderMixin, rows.PickOccupation):
    """Looking for an occupation."""


class ProfileRowRemove(HolderMixin, rows.RemoveRow):
    """Removing a row."""


def profile_part(request: HttpRequest, part: str) -> HttpResponse:
    """A free part: a list of rows, or a form."""
    page = ProfileRows if part in rows.ROW_PARTS else FillProfile
    return page.as_view()(request, part=part)


def profile_row_add(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a new row; occupations are searched for."""
    page = ProfileOccupation if kind == profile.OCCUPATION.slug else ProfileRow
    return page.as_view()(request, kind=kind)
