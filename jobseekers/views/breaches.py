"""The register of data breaches, and whom each touches."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import audit, clock
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.pages import RecordMixin
from jobseekers import forms
from jobseekers.enums import BreachState
from jobseekers.exports import BreachTable
from jobseekers.models import Breach
from jobseekers.permissions import can_answer_requests, may_keep_breach
from jobseekers.services import breaches
from jobseekers.services.affected import DOOR_LABELS, affected, exports_meanwhile

PEOPLE_A_PAGE = 50


class BreachList(ListView):
    """The register."""

    table = BreachTable

    def primary_action(self) -> Link | None:
        """Writing one down."""
        if can_answer_requests(self.request.user):
            return Link("Catat peristiwa", reverse("jobseekers:breach_new"))
        return None


class BreachDetail(DetailView):
    """One breach: what happened, how long is left, whom it touches, and telling them."""

    table = BreachTable

    def back(self) -> tuple[str, str]:
        """The register."""
        return reverse("jobseekers:breach_list"), "Kegagalan pelindungan data"

    def sections(self, record: Breach) -> list[Section]:
        """What the written notice has to say, and the people."""
        query = record.affected_query
        late = record.is_late
        people = [
            Fact("Lewat mana", DOOR_LABELS.get(query.get("door", ""), "")),
            Fact(
                "Orang yang terkena",
                record.affected_count,
                kind="int",
                url=reverse("jobseekers:breach_affected", args=[record.uid]),
            ),
            Fact("Ekspor tabel pada masa itu", exports_meanwhile(query), kind="int"),
        ]
        return [
            Section(
                "Peristiwa",
                [
                    Fact("Terjadi sejak", record.happened_from, kind="date"),
                    Fact("Sampai", record.happened_until, kind="date"),
                    Fact("Diketahui", record.found_at, kind="datetime"),
                    Fact(
                        "Diberitahukan paling lambat",
                        record.due_at,
                        kind="datetime",
                        flag="no" if late else "",
                        note="Tenggat 3 × 24 jam sudah lewat" if late else "",
                    ),
                    Fact("Diberitahukan", record.notified_at, kind="datetime"),
                    Fact("Data yang terkena", record.data_kinds),
                    Fact("Bagaimana terjadi", record.cause),
                    Fact("Penanganan dan pemulihan", record.handling),
                ],
            ),
            Section(
                "Siapa yang terkena",
                people,
                note="Ekspor memuat banyak orang sekaligus; periksa isinya di jejak audit.",
            ),
        ]

    def actions(self, record: Breach) -> list[Action]:
        """The next step, and correcting while nobody was told."""
        found = super().actions(record)
        if record.state == BreachState.OPEN and may_keep_breach(self.request.user, record):
            found.append(Action("edit", "Ubah", reverse("jobseekers:breach_edit", args=[record.uid])))
        return found

    def perform(self, record: Breach, step: str, *, version: int, comment: str) -> None:
        """Tell the people, or close."""
        service = breaches.tell_affected if step == "tell" else breaches.close_breach
        service(record, actor=self.request.user, version=version)

    def done_message(self, record: Breach, step: str) -> str:
        """What was done."""
        return "Yang terkena sudah diberi tahu." if step == "tell" else "Peristiwa dinyatakan selesai."


class BreachNew(FormView):
    """Writing a breach down."""

    form_class = forms.BreachForm
    page_title = "Catat kegagalan pelindungan data"
    success_message = "Peristiwa dicatat. Pemberitahuan paling lambat 3 × 24 jam sejak diketahui."

    def allowed(self) -> bool:
        """The data protection officer."""
        return can_answer_requests(self.request.user)

    def answers(self, form) -> dict[str, Any]:
        """What the service takes."""
        taken = dict(form.cleaned_data)
        taken.pop("found_on"), taken.pop("found_time")
        return taken

    def perform(self, form, record, version: int) -> Breach:
        """Write it down."""
        return breaches.record_breach(actor=self.request.user, **self.answers(form))

    def back_url(self, record) -> str:
        """The register, or the breach."""
        if record is not None:
            return reverse("jobseekers:breach_detail", args=[record.uid])
        return reverse("jobseekers:breach_list")

    def success_url(self, record: Breach) -> str:
        """The breach."""
        return reverse("jobseekers:breach_detail", args=[record.uid])


class BreachEdit(BreachNew):
    """Correcting a breach while nobody was told."""

    page_title = "Ubah catatan kegagalan"
    success_message = "Catatan sudah diubah dan orang yang terkena dihitung lagi."
    editing = True
    table = BreachTable

    def initial(self, record: Breach) -> dict[str, Any]:
        """What was written; the account has to be named again."""
        found = clock.local(record.found_at)
        return {
            "title": record.title,
            "happened_from": clock.local(record.happened_from).date(),
            "happened_until": clock.local(record.happened_until).date() if record.happened_until else None,
            "found_on": found.date(),
            "found_time": f"{found:%H.%M}",
            "data_kinds": record.affected_query.get("kinds", []),
            "door": record.affected_query.get("door", ""),
            "cause": record.cause,
            "handling": record.handling,
        }

    def perform(self, form, record: Breach, version: int) -> Breach:
        """Write the correction."""
        return breaches.revise_breach(record, actor=self.request.user, version=version, **self.answers(form))


class _Finder(RecordMixin):
    table = BreachTable

    def __init__(self, request: HttpRequest, uid) -> None:
        self.request, self.kwargs = request, {"uid": uid}


@never_cache
@require_safe
def breach_affected(request: HttpRequest, uid) -> HttpResponse:
    """The people whom a breach touches, with how they can be reached; looking leaves an access event."""
    if not can_answer_requests(request.user):
        raise PermissionDenied("Daftar ini hanya untuk pejabat pelindungan data pribadi.")
    breach = _Finder(request, uid).get_record()
    page = Paginator(affected(breach.affected_query).select_related("user"), PEOPLE_A_PAGE)
    page = page.get_page(request.GET.get("hal"))
    audit.record(
        "jobseekers.affected_listed",
        actor=request.user,
        obj=breach,
        detail={"page": page.number},
        request=request,
    )
    return render(request, "jobseekers/breach_affected.html", {"breach": breach, "page": page})
