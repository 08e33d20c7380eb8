"""A holder's own word: a task for officers, never a placement by itself."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from core import clock, measures
from core.measures import Period
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState
from jobseekers.enums import HolderStatus, ReportChannel
from jobseekers.services import holder_reports
from messaging.models import Notice
from placements.enums import ContractType, EvidenceKind, SelfReportState
from placements.models import ChannelReport, Placement, SelfReport
from placements.services import JobStart, book, decide, dismiss
from tests.placements.conftest import TODAY
from tests.placements.test_decisions import _card

pytestmark = pytest.mark.django_db
STARTED = date(2023, 8, 1)


@pytest.fixture
def told(people, officer):
    """Return a function by which a new holder of a card tells an officer that they work."""

    def make(person=None, **changes):
        person = person or people()
        card = person.cards.first() or _card(person)
        answers = {
            "status": HolderStatus.WORKING,
            "employer_name": "Toko Roti Contoh",
            "occupation": "Pramuniaga",
            "since": STARTED,
            **changes,
        }
        holder_reports.report(card, actor=officer, channel=ReportChannel.DESK, **answers)
        return SelfReport.objects.get(jobseeker=person, state=SelfReportState.OPEN)

    return make


def as_report(**changes):
    start = JobStart(
        started_on=STARTED,
        contract_type=ContractType.PERMANENT,
        employer_name="Toko Roti Contoh",
        employer_class=4,
        position="Pramuniaga",
    )
    found = {"start": start, "channel": "SIDAKEP_ONLINE", "evidence_kind": EvidenceKind.SELF_REPORT}
    return found | changes


def test_a_word_is_kept_and_counts_nowhere(told):
    word = told()
    assert (word.state, word.told_on) == (SelfReportState.OPEN, TODAY)
    assert not Placement.objects.exists()
    assert measures.value("placements.placed_persons", Period.year(2023)) == 0
    assert measures.value("jobseekers.placed", Period.year(2023)) == 0


def test_still_looking_is_no_word(told, people, officer):
    person = people()
    card = _card(person)
    holder_reports.report(card, actor=officer, channel=ReportChannel.DESK, status=HolderStatus.LOOKING)
    assert not SelfReport.objects.exists()


def test_newer_news_takes_the_place_of_what_waits(told):
    first = told()
    with clock.frozen(date(2023, 9, 2)):
        second = told(first.jobseeker, employer_name="PT Lain Contoh")
    assert first.pk == second.pk
    assert second.holder_report.employer_name == "PT Lain Contoh"
    assert second.told_on == TODAY, "it waits since the first word"


def test_an_officer_makes_a_report_of_it_that_another_verifies(told, officer, second_officer):
    word = told()
    report = book(word, actor=officer, version=word.version, **as_report())
    word.refresh_from_db()
    assert (word.state, word.report) == (SelfReportState.BOOKED, report)
    with pytest.raises(NotAllowed):
        decide(report, "verify", actor=officer, version=report.version)
    decide(report, "verify", actor=second_officer, version=report.version)
    assert measures.value("jobseekers.placed", Period.year(2023)) == 1


def test_dismissing_needs_a_reason(told, officer):
    word = told()
    with pytest.raises(CommentRequired):
        dismiss(word, actor=officer, version=word.version, comment=" ")
    gone = dismiss(word, actor=officer, version=word.version, comment="Sudah dilaporkan BKK")
    assert gone.state == SelfReportState.DISMISSED


def test_only_one_officer_settles_it_and_the_loser_leaves_no_report(told, officer, second_officer):
    word = told()
    dismiss(word, actor=officer, version=word.version, comment="Tidak benar")
    with pytest.raises(StaleRecord, match="Ratna Dewi Contohwati"):
        book(word, actor=second_officer, version=word.version, **as_report())
    word.refresh_from_db()
    with pytest.raises(WrongState):
        book(word, actor=second_officer, version=word.version, **as_report())
    assert not ChannelReport.objects.exists()
    assert not Placement.objects.exists()


def test_who_may_not_settle_it_changes_nothing(told, bkk_operator, user_with):
    word = told()
    for user in (bkk_operator, user_with(Role.SECTION_HEAD), user_with(Role.TRAINING_OFFICER)):
        with pytest.raises(NotAllowed):
            dismiss(word, actor=user, version=word.version, comment="x")
        with pytest.raises(NotAllowed):
            book(word, actor=user, version=word.version, **as_report())
    word.refresh_from_db()
    assert word.state == SelfReportState.OPEN
    assert not ChannelReport.objects.exists()


def test_the_pages_lead_from_the_queue_to_a_report(told, client_as, officer):
    word = told()
    client = client_as(user=officer)
    assert (
        word.jobseeker.full_name
        in client.get(reverse("placements:self_report_list") + "?lihat=menunggu").content.decode()
    )
    page = client.get(reverse("placements:self_report_detail", args=[word.uid])).content.decode()
    assert "Toko Roti Contoh" in page
    at = reverse("placements:self_report_book", args=[word.uid])
    assert "Toko Roti Contoh" in client.get(at).content.decode()
    form = {
        "version": word.version,
        "started_on": "2023-08-01",
        "employer": "OTHER",
        "employer_name": "Toko Roti Contoh",
        "employer_class": "4",
        "position": "Pramuniaga",
        "contract_type": "PERMANENT",
        "wage_band": "UNKNOWN",
        "reach": "AKL",
        "channel": "SIDAKEP_ONLINE",
        "evidence_kind": "SELF_REPORT",
    }
    sent = client.post(at, form)
    assert sent.status_code == 302, sent.content.decode()
    assert sent.url == reverse("placements:report_detail", args=[ChannelReport.objects.get().uid])
    again = client.post(at, form)
    assert again.status_code in (409, 422)
    assert ChannelReport.objects.count() == 1
    page = client.get(reverse("placements:self_report_detail", args=[word.uid])).content.decode()
    assert "Buka laporannya" in page


def test_a_reason_is_asked_on_the_page(told, client_as, officer):
    word = told()
    client = client_as(user=officer)
    at = reverse("placements:self_report_detail", args=[word.uid])
    assert client.post(at, {"langkah": "dismiss", "version": word.version}).status_code == 422
    assert client.post(at, {"langkah": "book", "version": word.version}).status_code == 404
    done = client.post(at, {"langkah": "dismiss", "version": word.version, "comment": "Ganda"})
    assert done.status_code == 302


def test_other_services_don_t_read_it(told, client_as, user_with, bkk_operator):
    word = told()
    for user in (bkk_operator, user_with(Role.TRAINING_OFFICER), user_with(Role.FAIR_OFFICER)):
        client = client_as(user=user)
        assert client.get(reverse("placements:self_report_list")).status_code == 403
        assert client.get(reverse("placements:self_report_detail", args=[word.uid])).status_code == 403


def test_the_queue_asks_as_often_for_three_as_for_one(told, client_as, officer):
    from django.db import connection

    client = client_as(user=officer)
    address = reverse("placements:self_report_list")

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    told()
    asked()
    first = asked()
    told()
    told()
    assert asked() == first


def test_taking_a_verification_back_tells_the_holder_that_the_card_stays_ended(
    told, officer, second_officer, user_with
):
    word = told()
    person = word.jobseeker
    person.user = user_with(Role.JOBSEEKER)
    person.save()
    report = book(word, actor=officer, version=word.version, **as_report())
    report = decide(report, "verify", actor=second_officer, version=report.version)
    before = measures.value("jobseekers.placed", Period.year(2023))
    report = decide(report, "reopen", actor=second_officer, version=report.version, comment="Salah orang")
    assert measures.value("jobseekers.placed", Period.year(2023)) == before == 1
    assert person.cards.get().state == "PLACED"
    notice = Notice.objects.get(user=person.user, title="Catatan penempatan kerja Anda diperiksa ulang")
    assert "ajukan kartu baru" in notice.body
