"""What the office decides, set in the browser by an administrator, and what then happens to people and cards."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.enums import InstitutionKind
from accounts.models import Institution
from core import clock
from core.errors import Refused
from core.models.agency import AgencyProfile
from core.personal import make_nik
from jobseekers.ages import age_of
from jobseekers.models import AK1Application, AK1Card, OneTimeLink
from jobseekers.reporting import slots_of
from jobseekers.services import applications, cards, holder_reports, leavers, links, retention, visits
from jobseekers.views.photo import photo_rules
from tests.jobseekers.conftest import TODAY
from tests.jobseekers.test_documents import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(agency, client_as):
    """Return a function that sets choices as an administrator does: on the page, with all others as they are."""
    client, url = client_as("ADMINISTRATOR"), reverse("portal:settings")

    def set_(**changes):
        form = client.get(url).context["form"]
        kept = {name: value for name, value in form.initial.items() if value is not False}
        answer = client.post(url, {**kept, **changes})
        assert answer.status_code == 302, answer.context["errors"]

    return set_


def approve(application, officer):
    return applications.approve(application, actor=officer, version=application.version)


def test_validity(choose, sent, officer):
    choose(ak1_validity_months="12")
    card = approve(sent(), officer)
    assert card.valid_until == date(2024, 8, 20)
    assert [slot.number for slot in slots_of(card)] == [1], "+12 is the day after the last one"


def test_the_report_window(choose, sent, officer):
    choose(ak1_report_window_days="5")
    card = approve(sent(), officer)
    due = date(2024, 2, 21)
    assert next((slot.opens, slot.closes) for slot in slots_of(card)) == (
        due - timedelta(5), due + timedelta(5),
    )  # fmt: skip
    person = card.jobseeker
    with clock.frozen(due - timedelta(6)), pytest.raises(Refused, match="Belum waktunya"):
        holder_reports.report(card, actor=person.user, channel="ACCOUNT", status="LOOKING")
    with clock.frozen(due + timedelta(6)):
        assert holder_reports.report(card, actor=person.user, channel="ACCOUNT", status="LOOKING").late


def test_the_minimum_age(choose, sent, person_with, user_with):
    choose(minimum_age="18")
    young = {"birth_date": date(2006, 8, 25)}
    with pytest.raises(ValidationError, match="paling muda 18 tahun"):
        sent(**young)
    assert not AK1Application.objects.exclude(state="DRAFT").exists()
    choose(minimum_age="15")
    assert sent(**young).state == "SUBMITTED"


def test_the_domicile_rule(choose, sent, places):
    elsewhere = {"village": places["32.75.01.1001"]}
    assert sent(**elsewhere).state == "SUBMITTED", "the card holds in the whole country"
    choose(domicile_required="on")
    with pytest.raises(ValidationError, match="hanya untuk warga"):
        sent(**elsewhere, kk="3277020101209555", full_name="Tono Contohadi")
    assert AK1Application.objects.filter(state="SUBMITTED").count() == 1


@pytest.mark.parametrize("demand", ["REQUIRED", "OPTIONAL", "OFF"])
def test_demanded_documents(choose, sent, demand, client_as):
    choose(ak1_document_kk=demand)
    if demand == "REQUIRED":
        with pytest.raises(ValidationError, match="Kartu Keluarga"):
            sent()
        draft = AK1Application.objects.get()
        put(draft.jobseeker, "KK", name="Rina Lestari")
        draft.refresh_from_db()
        draft = applications.submit(draft, actor=draft.jobseeker.user, version=draft.version)
        assert draft.state == "SUBMITTED"
        return
    application = sent()
    client = client_as(user=application.jobseeker.user)
    asked = client.get(reverse("api:own_application_checks", args=[application.uid])).json()["documents"]
    assert ("KK" in {row["kind"] for row in asked}) is (demand == "OPTIONAL")


def test_the_ground_of_the_photo(choose, sent, client_as):
    application = sent()
    page = reverse("jobseekers:application_detail", args=[application.uid])
    client = client_as("PLACEMENT_OFFICER")
    assert "Latar yang diminta" not in client.get(page).content.decode()
    choose(ak1_photo_background="red")
    assert "Latar polos berwarna merah." in photo_rules()
    assert "Latar yang diminta: merah." in client.get(page).content.decode()


class TestNumberFormat:
    @pytest.mark.parametrize(
        ("pattern", "number", "typed"),
        [
            ("{region4}{dd}{mm}{yy}{n:06}", "3277210823000001", "3277 210823-000001"),
            ("AK1-{yyyy}.{n:05}", "AK1-2023.00001", "ak1-2023.00001"),
            ("{n:06}/DTK/{roman}/{yyyy}", "000001/DTK/VIII/2023", "000001/DTK/VIII/2023"),
        ],
    )
    def test_it_is_written_printed_found_and_checked(
        self, choose, sent, officer, client_as, pattern, number, typed, tmp_path
    ):
        choose(number_format_ak1=pattern)
        card = approve(sent(), officer)
        assert card.number == number
        told = Client().post(reverse("jobseekers:check_card"), {"code": typed})
        assert "asli dan berlaku" in told.content.decode()
        desk = client_as(user=officer)
        found = desk.post(reverse("api:search"), {"query": number}, content_type="application/json").json()
        assert str(card.uid) in {row["uid"] for row in found}
        (tmp_path / "a.pdf").write_bytes(desk.get(reverse("jobseekers:card_pdf", args=[card.uid])).content)
        text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
        assert number in text.replace(" ", "").replace("\n", "")

    @pytest.mark.parametrize(
        "pattern",
        [
            "{kota}{yy}{n:06}",
            "{yyyy} {n:06}",
            "{yyyy}{n:06}<b>",
            "{region4}{yyyy}{n:06}-KARTU-KUNING-KITA",
            "{yy}",
            "",
        ],
    )
    def test_one_in_which_no_number_can_be_written_is_refused(self, agency, client_as, pattern):
        client, url = client_as("ADMINISTRATOR"), reverse("portal:settings")
        form = client.get(url).context["form"]
        kept = {name: value for name, value in form.initial.items() if value is not False}
        answer = client.post(url, {**kept, "number_format_ak1": pattern})
        assert answer.status_code == 422
        assert AgencyProfile.objects.get().number_formats == {}


def test_renewal_not_before_its_days(choose, sent, officer):
    card = approve(sent(), officer)
    choose(ak1_renewal_days="10")
    person = card.jobseeker
    for days, early in ((11, True), (10, False)):
        with clock.frozen(card.valid_until - timedelta(days)):
            if early:
                with pytest.raises(Refused):
                    applications.start_application(actor=person.user, person=person, kind="RENEWAL")
            else:
                assert applications.start_application(actor=person.user, person=person, kind="RENEWAL")


def test_the_signatory_and_the_paper(choose, sent, officer, client_as):
    choose(
        ak1_signatory_name="Dra. Wati Contohwati", ak1_signatory_nip="198001012005012001", ak1_paper="yellow"
    )
    card = approve(sent(), officer)
    assert (card.officer_name, card.officer_nip) == ("Dra. Wati Contohwati", "198001012005012001")
    yellow = client_as(user=officer).get(reverse("jobseekers:card_pdf", args=[card.uid])).content
    choose(ak1_paper="white")
    assert client_as(user=officer).get(reverse("jobseekers:card_pdf", args=[card.uid])).content != yellow
    assert AK1Card.objects.count() == 1


def test_how_far_ahead_a_visit_is_booked(choose, officer):
    visits.open_days(
        actor=officer, first_day=TODAY, last_day=TODAY + timedelta(10), opens=time(15),
        closes=time(16), minutes=60, counters=1, per_counter=1,
    )  # fmt: skip
    choose(visit_horizon_days="3")
    assert {slot.day for slot in visits.bookable()} <= {TODAY + timedelta(n) for n in range(4)}
    choose(visit_horizon_days="30")
    assert max(slot.day for slot in visits.bookable()) > TODAY + timedelta(7)


def test_how_long_a_leaver_s_link_lives(choose, levels, places, officer):
    choose(ak1_draft_link_days="7")
    leavers.send_in(
        actor=officer, school=Institution.objects.create(kind=InstitutionKind.BKK, name="SMKN Contoh 1 Cimahi"),
        nik=make_nik("327702", date(2005, 8, 17), "F", 9101), email="siti@contoh.test", full_name="Siti Contohwati",
        birth_place="Cimahi", birth_date=date(2005, 8, 17), sex="F", village=places["32.77.01.1001"],
        address="Jalan Melati 1", phone="0812 3456 7890", education=levels["SMK"], education_major="Akuntansi",
        graduation_year=2023,
    )  # fmt: skip
    link = OneTimeLink.objects.get()
    assert clock.local(link.expires_at).date() == TODAY + timedelta(7)


def test_how_long_a_file_may_wait_and_the_office_s_hours(choose, sent):
    day = datetime(2023, 8, 21, 9, tzinfo=clock.ZONE)
    with clock.frozen(day):
        application = sent()
    later = day + timedelta(days=2, hours=1)
    with clock.frozen(later):
        assert age_of(application.submitted_at).late
    choose(ak1_service_days="5")
    with clock.frozen(later):
        assert not age_of(application.submitted_at).late
    with clock.frozen(day + timedelta(hours=6)):
        assert age_of(application.submitted_at).words.startswith("6 jam")
    choose(office_opens="10", office_closes="16")
    with clock.frozen(day + timedelta(hours=6)):
        assert age_of(application.submitted_at).words.startswith("5 jam")


def test_how_long_things_are_kept(choose, sent, officer):
    with clock.frozen(TODAY - timedelta(40)):
        application = sent()
        applications.reject(
            application, actor=officer, version=application.version, comment="Bukan warga, tidak punya KTP."
        )
        put(application.jobseeker, "KTP", name="")
    assert not retention.rejected_uploads().exists()
    choose(retention_rejected_uploads_days="30")
    assert retention.rejected_uploads().exists()


def test_how_long_drafts_links_and_files_are_kept(choose, sent, officer, person_with, user_with):
    with clock.frozen(TODAY - timedelta(10)):
        person = person_with(user=user_with("JOBSEEKER"))
        draft = applications.start_application(actor=person.user, person=person)
        card = approve(sent(full_name="Wati Contohwati"), officer)
    AK1Application.objects.filter(pk=draft.pk).update(updated_at=clock.now() - timedelta(10))
    link = links.make(purpose="SIX_MONTH_REPORT", person=card.jobseeker, card=card, slot=1, days=1)
    with clock.frozen(TODAY + timedelta(4)):
        assert not retention.old_drafts().exists()
        assert not retention.old_links().exists()
        choose(retention_draft_days="7", retention_link_days="2")
        assert list(retention.old_drafts()) == [draft]
        assert retention.old_links().count() == 1
    assert link
    cards.remove_from_register(
        card, actor=officer, version=card.version, reason="MOVED", comment="Surat pindah"
    )
    with clock.frozen(TODAY + timedelta(800)):
        assert not retention.finished_files().exists()
        choose(retention_file_years="2")
        assert list(retention.finished_files()) == [card.jobseeker]
