"""People: list, file, NIK in clear for a reason, correction at the counter, merging."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit
from core.errors import Refused
from core.formats import date_long
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.pages import UNPROCESSABLE
from core.personal import reveal
from core.tables import Table
from jobseekers import forms
from jobseekers.exports import PersonTable
from jobseekers.models import AK1Application, AK1Card, Episode, JobSeeker
from jobseekers.permissions import (
    can_erase_people,
    can_merge_people,
    can_read_cards,
    can_read_needs,
    can_read_people,
    can_unmask_nik,
    is_officer,
    owns,
)
from jobseekers.services import erasure, merging, people, photos, prechecks, proposals
from jobseekers.views import answers
from jobseekers.views.cards import FindsCards


class PersonList(FindsCards, ListView):
    """All people; sixteen digits typed into the search find a NIK or a card."""

    table = PersonTable

    def primary_action(self) -> Link | None:
        """A person at the counter."""
        if is_officer(self.request.user):
            return Link("Permohonan di loket", reverse("jobseekers:desk"))
        return None


class PersonDetail(DetailView):
    """One person's file. Looking at it is kept in the audit trail."""

    table: type[Table] = PersonTable
    template_name = "jobseekers/person_detail.html"

    def get_queryset(self):
        """Tombstones and erased rows too: their addresses stay valid."""
        if not can_read_people(self.request.user):
            raise PermissionDenied("Halaman ini bukan untuk peran Anda.")
        rows = JobSeeker.objects.visible_to(self.request.user)
        return rows.select_related(
            "education",
            "village__parent__parent",
            "domicile_village__parent__parent",
            "photo",
            "merged_into",
            "user",
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the file; a tombstone leads to the row that it was joined into."""
        record = self.get_record()
        if record.merged_into is not None:
            return redirect("jobseekers:person_detail", uid=record.merged_into.uid)
        audit.record(audit.OPENED, actor=request.user, obj=record, detail={"page": "person"}, request=request)
        return self._show(record)

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("jobseekers:person_list"), "Pencari kerja"

    def subtitle(self, record: JobSeeker) -> str:
        """Whether the NIK was verified."""
        if record.erased_at:
            return "Data dihapus atas permintaan pemiliknya"
        return f"NIK {'terverifikasi' if record.nik_verified_at else 'belum diverifikasi'}"

    def sections(self, record: JobSeeker) -> list[Section]:
        """Who, where, what was learned; the code used for merging."""
        facts = answers.identity(record)
        if record.nik_verified_at:
            facts[0] = Fact(
                "NIK", record.nik_masked, flag="ok", note=record.get_nik_verified_method_display()
            )
        return [
            Section("Data diri", facts),
            Section("Alamat dan kontak", answers.contact(record)),
            Section("Pendidikan dan keterampilan", answers.schooling(record)),
            Section("Riwayat dan minat", answers.history(record)),
            *self._need(record),
            Section(
                "Di sistem",
                [
                    Fact("Terdaftar", record.registered_on, kind="date"),
                    Fact("Akun", "Ada" if record.user_id else "Tidak ada"),
                    Fact("Kode data", str(record.uid)),
                ],
            ),
        ]

    def _need(self, record: JobSeeker) -> list[Section]:
        """What is needed at work, for those whose work it is; no box for who needs nothing."""
        facts = answers.need(record) if can_read_needs(self.request.user) else []
        note = "Data spesifik: hanya untuk membantu penempatannya."
        return [Section("Kebutuhan akomodasi", facts, note=note)] if facts else []

    def side(self, record: JobSeeker) -> list[Section]:
        """Cards, applications and episodes, where the reader may see them."""
        if not can_read_cards(self.request.user):
            return []
        user = self.request.user
        applications = AK1Application.objects.visible_to(user).filter(jobseeker=record).order_by("-pk")
        cards = AK1Card.objects.visible_to(user).filter(jobseeker=record).order_by("-issued_on", "-pk")
        episodes = Episode.objects.visible_to(user).filter(jobseeker=record).order_by("-opened_on")
        return [
            Section(
                "Kartu AK-1",
                [
                    Fact(
                        card.number_grouped,
                        f"{card.get_kind_display()}, {card.get_state_display().lower()}",
                        url=reverse("jobseekers:card_detail", args=[card.uid]),
                    )
                    for card in cards
                ],
                empty_text="Belum pernah memegang kartu.",
            ),
            Section(
                "Permohonan AK-1",
                [
                    Fact(
                        row.reference,
                        f"{row.get_kind_display()}, {row.get_state_display().lower()}",
                        url=reverse("jobseekers:application_detail", args=[row.uid]),
                    )
                    for row in applications
                ],
                empty_text="Belum ada permohonan.",
            ),
            Section(
                "Masa mencari kerja",
                [Fact(row.get_age_group_display(), _span(row)) for row in episodes],
                empty_text="Belum pernah terdaftar.",
            ),
        ]

    def actions(self, record: JobSeeker) -> list[Action]:
        """Links to the forms that this reader may use."""
        if not record.is_living or owns(self.request.user, record):
            return []
        user, found = self.request.user, []
        if is_officer(user):
            found.append(
                Action("edit", "Perbaiki data", reverse("jobseekers:person_edit", args=[record.uid]))
            )
            found.append(
                Action("apply", "Permohonan di loket", reverse("jobseekers:desk_for", args=[record.uid]))
            )
        if can_merge_people(user):
            found.append(Action("merge", "Gabungkan…", reverse("jobseekers:person_merge", args=[record.uid])))
        if can_erase_people(user):
            found.append(Action("erase", "Hapus data", needs_comment=True, danger=True))
        return found

    danger_steps = frozenset({"erase"})

    def perform(self, record: JobSeeker, step: str, *, version: int, comment: str) -> None:
        """The only step of this page: erasure."""
        if step != "erase":
            raise Refused("Langkah ini tidak dikenal.")
        erasure.erase_person(
            record, actor=self.request.user, version=version, reason=comment, request=self.request
        )

    def done_message(self, record: JobSeeker, step: str) -> str:
        """What was done."""
        return "Data pribadi orang ini sudah dihapus. Hitungan statistik tetap."

    def extra_context(self, record: JobSeeker) -> dict[str, Any]:
        """The photo and who may see the NIK."""
        return {"person": record, "can_unmask": can_unmask_nik(self.request.user) and bool(record.nik_sealed)}


def _twin_words(twin: prechecks.Twin) -> str:
    """A row that may be the same person: name, birth date, why it is listed, and whether its NIK was verified."""
    born = f", {date_long(twin.birth_date)}" if twin.birth_date else ""
    return f"{twin.full_name}{born}: {twin.why}{', NIK terverifikasi' if twin.nik_verified else ''}"


def _span(episode: Episode) -> str:
    end = date_long(episode.closed_on) if episode.closed_on else "sekarang"
    return f"{date_long(episode.opened_on)} sampai {end}"


@never_cache
@require_POST
def reveal_nik(request: HttpRequest, uid) -> HttpResponse:
    """Show one NIK in clear, for a reason that is kept with the reader's name. Nothing of it is in an address."""
    if not can_unmask_nik(request.user):
        raise PermissionDenied(
            "NIK lengkap hanya untuk pengantar kerja dan pejabat pelindungan data pribadi."
        )
    view = PersonDetail()
    view.setup(request, uid=uid)
    person = view.get_record()
    form, nik = forms.RevealForm(request.POST), ""
    if form.is_valid():
        try:
            nik = reveal(
                person, "nik_sealed", actor=request.user, reason=form.cleaned_data["reason"], request=request
            )
        except Refused as problem:
            form.add_error("reason", str(problem))
    context = {"person": person, "form": form, "nik": nik}
    return render(request, "jobseekers/reveal.html", context, status=200 if nik else UNPROCESSABLE)


class PersonEdit(FormView):
    """Correcting a person's data at the counter; an application that waits counts as changed too."""

    template_name = "jobseekers/person_edit.html"
    form_class = forms.DeskForm
    page_title = "Perbaiki data"
    editing = True

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def get_queryset(self):
        """Living people, but not the officer's own row."""
        rows = JobSeeker.objects.visible_to(self.request.user).living().exclude(user=self.request.user)
        return rows.select_related("photo")

    def initial(self, record: JobSeeker) -> dict[str, Any]:
        """All answers but NIK, KK and the photo's file."""
        kept = {name: getattr(record, name) for name in set(people.FIELDS) - {"photo"}}
        return kept | forms.AddressForm.initial_of(record)

    def form_kwargs(self, record: JobSeeker) -> dict[str, Any]:
        """The person."""
        return {"person": record}

    def perform(self, form, record: JobSeeker, version: int) -> JobSeeker:
        """Save all parts."""
        data = form.answers()
        upload = data.pop("photo", None)
        before = record.photo
        with photos.kept_photo(upload, actor=self.request.user) as stored:
            if stored is not None:
                data["photo"] = stored
            saved = people.update_person(record, actor=self.request.user, version=version, **data)
        if upload is not None:
            photos.drop_photo(before)
        return saved

    def extra_context(self, record: JobSeeker) -> dict[str, Any]:
        """The file in which the holder asks for other facts: the form shows the verified ones."""
        proposal = proposals.of_person(record)
        return {"asking": proposal.application if proposal else None}

    def back_url(self, record: JobSeeker) -> str:
        """The person."""
        return reverse("jobseekers:person_detail", args=[record.uid])

    def success_url(self, record: JobSeeker) -> str:
        """The person."""
        return reverse("jobseekers:person_detail", args=[record.uid])


class PersonMerge(FormView):
    """Joining this row into another one of the same person."""

    form_class = forms.MergeForm
    page_title = "Gabungkan data ganda"
    submit_label = "Gabungkan"
    success_message = "Data ganda sudah digabung."
    editing = True

    def allowed(self) -> bool:
        """Who may merge."""
        return can_merge_people(self.request.user)

    def get_queryset(self):
        """Living people."""
        return JobSeeker.objects.visible_to(self.request.user).living()

    def form_kwargs(self, record: JobSeeker) -> dict[str, Any]:
        """The rows that may be the same person, to pick from."""
        twins = {twin.uid: twin for finding in prechecks.of_doubles(record) for twin in finding.twins}
        return {"alike": [(str(uid), _twin_words(twin)) for uid, twin in twins.items()]}

    def perform(self, form, record: JobSeeker, version: int) -> JobSeeker:
        """Join `record` into the row whose code was given."""
        keep = self.get_queryset().filter(uid=form.cleaned_data["keep"]).first()
        if keep is None:
            raise Refused(
                "Tidak ada orang dengan kode ini. Salin kodenya dari halaman orang tersebut.", field="keep"
            )
        return merging.merge_people(
            record,
            into=keep,
            actor=self.request.user,
            version=version,
            reason=form.cleaned_data["reason"],
            request=self.request,
        )

    def extra_context(self, record: JobSeeker) -> dict[str, Any]:
        """Say whose row goes."""
        return {"note": f"Data {record.full_name} akan menunjuk ke data yang dipertahankan."}

    def back_url(self, record: JobSeeker) -> str:
        """The person."""
        return reverse("jobseekers:person_detail", args=[record.uid])

    def success_url(self, record: JobSeeker) -> str:
        """The winner."""
        return reverse("jobseekers:person_detail", args=[record.uid])
