"""One row of everything that has a page, belonging to nobody who looks at it: what each URL's address needs.

The users of the access test hold their roles for institutions of their own, so every row here is foreign to them.
"""

from datetime import date, time, timedelta
from uuid import UUID

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, NikClaim, User
from core import clock
from core.models import DownloadFile, StoredFile
from core.personal import blind_index, make_nik
from jobseekers.models import (
    AK1Application,
    AK1Card,
    Breach,
    DataRequest,
    HolderReport,
    JobSeeker,
    Skill,
    VisitBooking,
    VisitSlot,
)
from jobseekers.services.affected import build_query
from messaging.models import Notice
from tests.employers import builders

NOBODY = UUID(int=0)


def accounts(places: dict) -> dict[str, dict]:
    """A user, an institution, a membership, a claim, a notice, a download."""
    user = User.objects.create_user(email="pemilik@contoh.test", full_name="Pemilik Lain")
    institution = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK Lain")
    membership = Membership.objects.create(
        user=user, role=Role.BKK_OPERATOR, institution=institution, started_on=clock.today()
    )
    nik = make_nik("327701", date(1990, 1, 2), "M", 9990)
    claim = NikClaim.objects.create(
        email="penuntut@contoh.test",
        full_name="Penuntut",
        nik_index=blind_index(nik),
        nik_masked="3277••••",
        holder=user,
    )
    notice = Notice.objects.create(user=user, key="x", title="Uji", url="/", created_at=clock.now())
    download = DownloadFile.objects.create(
        owner=user, title="Uji", table="x", format="xlsx", created_at=clock.now()
    )
    stored = StoredFile.objects.create(
        kind="jobseekers.photo",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        path="uji/1",
        owner=user,
        created_at=clock.now(),
    )
    return {
        "accounts:user_*": {"uid": user.uid},
        "accounts:grant": {"uid": user.uid},
        "accounts:institution_*": {"uid": institution.uid},
        "accounts:membership_*": {"uid": membership.uid},
        "accounts:claim_*": {"uid": claim.uid},
        "accounts:sign_up_confirm": {"token": "tidak-ada"},
        "accounts:password_set": {"uidb64": "MQ", "token": "tidak-ada"},
        "messaging:notice_open": {"uid": notice.uid},
        "messaging:demo_mail": {"uid": NOBODY},
        "core:file": {"uid": stored.uid},
        "core:download": {"uid": download.uid},
        "core:style": {"sum_": "lama"},
        "portal:icon": {"name": "192"},
        "core:logo": {"sum_": "lama"},
    }


def jobseekers(places: dict) -> dict[str, dict]:
    """A person with an account, an application that waits, and an older card."""
    user = User.objects.create_user(email="pencari@contoh.test", full_name="Rina Lestari")
    person = JobSeeker.objects.create(
        user=user, full_name="Rina Lestari", sex="F", birth_date=date(2000, 5, 5)
    )
    old = AK1Application.objects.create(
        jobseeker=person, state="APPROVED", submitted_at=clock.now(), decided_at=clock.now()
    )
    card = AK1Card.objects.create(
        application=old,
        jobseeker=person,
        number="3277210823000001",
        kind="NEW",
        issued_on=date(2023, 8, 1),
        valid_until=date(2025, 7, 31),
        officer_name="Ratna",
    )
    waiting = AK1Application.objects.create(
        jobseeker=person,
        kind="REPLACEMENT",
        reason="LOST",
        previous_card=card,
        state="SUBMITTED",
        submitted_at=clock.now(),
    )
    skill = Skill.objects.create(jobseeker=person, name="Las")
    request = DataRequest.objects.create(
        jobseeker=person,
        kind="CORRECTION",
        text="Nama saya salah eja.",
        made_at=clock.now(),
        due_at=clock.now() + timedelta(hours=72),
    )
    breach = Breach.objects.create(
        title="Surel salah kirim",
        happened_from=clock.now(),
        found_at=clock.now(),
        due_at=clock.now() + timedelta(hours=72),
        data_kinds="NIK",
        cause="Salah alamat",
        affected_query=build_query(kinds=["nik"], door="all", since=clock.today(), until=None, account=None),
    )
    slot = VisitSlot.objects.create(day=date(2023, 8, 22), starts_at=time(8), ends_at=time(9), booked=1)
    visit = VisitBooking.objects.create(slot=slot, jobseeker=person, purpose="Permohonan AK-1")
    return {
        "api:own_application*": {"uid": waiting.uid},
        "api:application*": {"uid": waiting.uid},
        "api:own_card": {"uid": card.uid},
        "api:own_card_*": {"uid": card.uid},
        "api:card": {"uid": card.uid},
        "api:card_*": {"uid": card.uid},
        "api:person": {"uid": person.uid},
        "api:person_*": {"uid": person.uid, "kind": "KTP"},
        "api:own_rows": {"kind": "skills"},
        "api:own_row": {"kind": "skills", "row": skill.pk},
        "api:own_document": {"kind": "KTP"},
        "api:own_document_*": {"kind": "KTP"},
        "api:own_visit": {"uid": visit.uid},
        "api:own_visit_*": {"uid": visit.uid},
        "api:visit_settle": {"uid": visit.uid},
        "api:visit_cancel": {"uid": visit.uid},
        "api:slot": {"uid": slot.uid},
        "api:request*": {"uid": request.uid},
        "api:person_rows": {"uid": person.uid, "kind": "skills"},
        "api:breach*": {"uid": breach.uid},
        "api:leaver_upload*": {"uid": NOBODY},
        "api:download*": {"uid": NOBODY},
        "api:own_request*": {"uid": request.uid},
        "api:own_consent": {"purpose": "kabar"},
        "jobseekers:my_consent": {"purpose": "kabar"},
        "jobseekers:my_data_file": {"form": "json"},
        "jobseekers:my_request": {"uid": request.uid},
        "jobseekers:data_request_*": {"uid": request.uid},
        "jobseekers:breach_*": {"uid": breach.uid},
        "jobseekers:visit_hour": {"day": "2023-08-22"},
        "jobseekers:visit_cancel": {"uid": visit.uid},
        "jobseekers:visit_detail": {"uid": visit.uid},
        "jobseekers:slot_edit": {"uid": slot.uid},
        "jobseekers:ask_to_come": {"uid": waiting.uid},
        "jobseekers:my_application": {"uid": waiting.uid},
        "jobseekers:photo": {"uid": waiting.uid},
        "jobseekers:fill_part": {"uid": waiting.uid, "part": "identitas"},
        "jobseekers:row_*": {"uid": waiting.uid, "kind": "keterampilan", "pk": skill.pk},
        "jobseekers:profile_part": {"part": "pekerjaan"},
        "jobseekers:profile_row_*": {"kind": "keterampilan", "pk": skill.pk},
        "jobseekers:fill_document": {"uid": waiting.uid, "kind": "ktp"},
        "jobseekers:drop_document": {"uid": waiting.uid, "kind": "ktp"},
        "jobseekers:review": {"uid": waiting.uid},
        "jobseekers:cancel": {"uid": waiting.uid},
        "jobseekers:my_card": {"uid": card.uid},
        "jobseekers:my_report": {"uid": card.uid},
        "jobseekers:link_report": {"token": "tidak-ada"},
        "jobseekers:card_*": {"uid": card.uid},
        "jobseekers:application_*": {"uid": waiting.uid},
        "jobseekers:return_file": {"uid": waiting.uid},
        "jobseekers:confirm_draft": {"token": "tidak-ada"},
        "jobseekers:leaver_upload_preview": {"uid": NOBODY},
        "jobseekers:interview_notes": {"uid": waiting.uid},
        "jobseekers:document_view": {"uid": waiting.uid, "kind": "ktp"},
        "jobseekers:person_*": {"uid": person.uid},
        "jobseekers:reveal_nik": {"uid": person.uid},
        "jobseekers:desk_for": {"uid": person.uid},
        "person": {"object": person},
    }


def employers(places: dict) -> dict[str, dict]:
    """A company with report, foreign worker and a published vacancy."""
    company = builders.company(region_id="32.77.01.1001")
    report, worker = builders.report(company), builders.foreign_worker(company)
    vacancy = builders.vacancy(company, state="PUBLISHED")
    return {
        "employers:public_vacancy": {"uid": vacancy.uid},
        "employers:vacancy_*": {"uid": vacancy.uid},
        "employers:company_*": {"uid": company.uid},
        "employers:report_new": {"uid": company.uid},
        "employers:report_*": {"uid": report.uid},
        "employers:foreign_worker_*": {"uid": worker.uid},
        "company": {"object": company},
    }


def activities(places: dict) -> dict[str, dict]:
    """An activity."""
    from activities.models import Activity

    activity = Activity.objects.create(
        held_on=date(2023, 5, 4),
        kind="SOCIALISATION",
        title="Sosialisasi",
        sub_activity=builders.sub_activity(),
    )
    return {"activities:activity_*": {"uid": activity.uid}}


def training(places: dict, person) -> dict[str, dict]:
    """A programme, a provider, a cohort with one participant and a certificate."""
    from training.models import Certificate, Enrolment, TrainingCohort, TrainingProgramme, TrainingProvider

    programme = TrainingProgramme.objects.create(name="Las")
    institution = Institution.objects.create(kind=InstitutionKind.LPK, name="LPK Lain")
    provider = TrainingProvider.objects.create(institution=institution)
    cohort = TrainingCohort.objects.create(
        programme=programme,
        provider=provider,
        name="Angkatan 1",
        funding_source="APBD",
        starts_on=date(2023, 9, 1),
        ends_on=date(2023, 9, 30),
        quota=10,
        state="OPEN",
    )
    enrolment = Enrolment.objects.create(cohort=cohort, jobseeker=person, state="ACCEPTED")
    done = TrainingCohort.objects.create(
        programme=programme,
        name="Angkatan lama",
        funding_source="APBD",
        starts_on=date(2023, 3, 1),
        ends_on=date(2023, 3, 30),
        quota=10,
        state="FINISHED",
    )
    graduate = Enrolment.objects.create(
        cohort=done, jobseeker=person, state="COMPLETED", result="COMPETENT", assessed_on=date(2023, 3, 30)
    )
    certificate = Certificate.objects.create(
        enrolment=graduate,
        scheme="OFFICE",
        scheme_name="Las",
        number="1",
        issuer="Dinas Tenaga Kerja",
        issued_on=date(2023, 4, 1),
    )
    return {
        "training:public_training": {"uid": cohort.uid},
        "training:cohort_*": {"uid": cohort.uid},
        "training:enrol": {"uid": cohort.uid},
        "training:enrolment_*": {"uid": enrolment.uid},
        "training:result": {"uid": enrolment.uid},
        "training:results": {"uid": cohort.uid},
        "training:certificate_*": {"uid": certificate.uid},
        "training:programme_*": {"uid": programme.uid},
        "training:provider_*": {"uid": provider.uid},
    }


def disputes(places: dict, company) -> dict[str, dict]:
    """A registered case."""
    from disputes.models import DisputeCase

    case = DisputeCase.objects.create(
        number="1/PHI/2023",
        kind="RIGHTS",
        company=company,
        applicant="Pekerja",
        respondent="PT Lain",
        workers_male=1,
        received_on=date(2023, 8, 1),
        registered_on=date(2023, 8, 1),
    )
    return {
        "disputes:case_*": {"uid": case.uid},
        "disputes:reassign": {"uid": case.uid},
        "disputes:step": {"uid": case.uid, "name": "assign"},
    }


def placements(places: dict, person, company) -> dict[str, dict]:
    """A reported placement, and the licence data of a BKK and a P3MI."""
    from placements.models import ChannelReport, MigrantAgency, Placement, SchoolJobExchange, SelfReport

    placement = Placement.objects.create(
        jobseeker=person,
        company=company,
        employer_class=1,
        position="Operator",
        reach="AKL",
        started_on=date(2023, 7, 3),
        contract_type="FIXED_TERM",
        primary_channel="SIDAKEP_ONLINE",
    )
    report = ChannelReport.objects.create(
        placement=placement, channel="SIDAKEP_ONLINE", reported_on=date(2023, 7, 10), evidence_kind="CONTRACT"
    )
    holder_report = HolderReport.objects.create(
        jobseeker=person,
        card=person.cards.get(),
        on=date(2023, 8, 2),
        status="WORKING",
        employer_name="Toko Contoh",
        since=date(2023, 8, 1),
        channel="ACCOUNT",
    )
    told = SelfReport.objects.create(jobseeker=person, holder_report=holder_report, told_on=date(2023, 8, 2))
    bkk = SchoolJobExchange.objects.create(
        institution=Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMK Lain")
    )
    p3mi = MigrantAgency.objects.create(
        institution=Institution.objects.create(kind=InstitutionKind.P3MI, name="PT Migran Lain")
    )
    return {
        "placements:placement_*": {"uid": placement.uid},
        "placements:report_add": {"uid": placement.uid},
        "placements:report_*": {"uid": report.uid},
        "placements:self_report_*": {"uid": told.uid},
        "placements:exchange_*": {"uid": bkk.uid},
        "placements:agency_*": {"uid": p3mi.uid},
    }


def _lkip_writing(indicator) -> dict[str, dict]:
    """A scale, a text and a picture of the same year."""
    from lkip.models import BandScale, Photograph, Section

    scale = BandScale.objects.create(code="skala", name="Skala")
    section = Section.objects.create(year=2023, key="bab1.gambaran", body="Naskah.")
    stored = StoredFile.objects.create(
        kind="lkip.photo",
        content_type="image/jpeg",
        size=1,
        sha256="1" * 64,
        path="uji/2",
        created_at=clock.now(),
    )
    photo = Photograph.objects.create(year=2023, key=section.key, file=stored, caption="Foto")
    return {
        "lkip:indicator": {"uid": indicator.uid},
        "lkip:indicator_edit": {"uid": indicator.uid},
        "lkip:indicator_version": {"uid": indicator.uid},
        "lkip:scale_edit": {"uid": scale.uid},
        "lkip:narrative*": {"year": 2023, "key": section.key, "uid": photo.uid},
    }


def lkip(places: dict) -> dict[str, dict]:
    """A year with one indicator."""
    from core.models.reference import Nomenclature
    from lkip.models import BudgetLine, Edition, Goal, IncomeLine, Indicator, Objective, ReportYear

    ReportYear.objects.create(year=2023)
    goal = Goal.objects.create(code="t1", text="Tujuan")
    objective = Objective.objects.create(code="s1", goal=goal, text="Sasaran")
    indicator = Indicator.objects.create(
        code="kartu",
        name="Kartu AK-1",
        level="SUPPORT",
        unit="kartu",
        objective=objective,
        formula="MEASURE",
        measure="jobseekers.ak1_cards",
    )
    Indicator.objects.create(
        code="kartu_rencana", name="Kartu", level="IKU", unit="kartu", objective=objective, formula="SCORE"
    )
    programme = Nomenclature.objects.create(year=2023, key="p", name="Program", level="PROGRAMME")
    part = Nomenclature.objects.create(year=2023, key="s", name="Sub", level="SUB_ACTIVITY", parent=programme)
    line = BudgetLine.objects.create(nomenclature=part, ceiling=2, realised=1)
    income = IncomeLine.objects.create(year=2023, key="i", name="Retribusi", target=1, realised=1)
    edition = Edition.objects.create(year=2023, number=1, slug="lkip-2023-uji")
    return {
        "lkip:budget_line": {"year": 2023, "uid": line.uid},
        "lkip:budget_month": {"year": 2023, "uid": line.uid},
        "lkip:budget_preview": {"year": 2023, "uid": line.uid},
        "lkip:budget_share": {"year": 2023, "key": programme.key},
        "lkip:income_line": {"year": 2023, "uid": income.uid},
        "lkip:quarter_note": {"year": 2023, "quarter": 1, "code": "kartu_rencana"},
        "lkip:note_file_remove": {"year": 2023, "quarter": 1, "code": "kartu_rencana", "uid": line.uid},
        "lkip:quarter*": {"year": 2023, "quarter": 1},
        "lkip:figure": {"year": 2023, "code": indicator.code},
        "lkip:figures_file": {"year": 2023, "format": "json"},
        "lkip:check_result": {"uid": "00000000-0000-4000-8000-000000000000"},
        "lkip:paper_file": {"year": 2023, "format": "json"},
        "lkip:evidence": {"code": "jobseekers.ak1_cards", "?": "angka=2023-01-01_2023-12-31"},
        **lkip_plan(objective),
        "lkip:edition": {"uid": edition.uid},
        "lkip:review": {"uid": edition.uid},
        "lkip:public_edition": {"slug": edition.slug},
        "lkip:public_file": {"slug": edition.slug, "format": "pdf"},
        "lkip:public_data": {"slug": edition.slug, "format": "json"},
        "lkip_api:edition_figures": {"year": 2023},
        **_lkip_writing(indicator),
        "lkip:*": {"year": 2023},
    }


def lkip_plan(objective) -> dict[str, dict]:
    """Statements, staff, documents, targets and outside numbers of the year."""
    from core.models.reference import Nomenclature
    from lkip.models import (
        CrossCutting,
        ExternalStatistic,
        Indicator,
        IndicatorTarget,
        PlanDocument,
        StaffMember,
        Statement,
        Unit,
    )

    programme = Nomenclature.objects.get(key="p2023")
    unit = Unit.objects.create(key="dinas", name="Dinas")
    staff = StaffMember.objects.create(
        name="Pegawai Lain",
        unit=unit,
        post="Analis",
        post_class="STAFF",
        employment="PNS",
        started_on=date(2022, 1, 3),
    )
    statement = Statement.objects.create(
        kind="STRATEGY", text="Strategi", objective=objective, from_year=2023
    )
    shared = CrossCutting.objects.create(nomenclature=programme, partner="Dinas Lain", contribution="Peran")
    renstra = PlanDocument.objects.create(kind="RENSTRA", year=2023, to_year=2026, title="Renstra")
    agreement = PlanDocument.objects.create(kind="PK", year=2023, to_year=2023, title="PK")
    tpt = Indicator.objects.create(code="tpt", name="TPT", level="IKU", unit="persen", formula="STATISTIC")
    value = ExternalStatistic.objects.create(indicator=tpt, year=2023, value=10, source="BPS")
    target = IndicatorTarget.objects.create(indicator=tpt, year=2023, document="PK", value=11)
    year, code = {"year": 2023}, {"code": tpt.code}
    return {
        "lkip:staff_upload_preview": {"uid": NOBODY},
        "lkip:staff_new": {},
        "lkip:staff_list": {},
        "lkip:staff_upload": {},
        "lkip:staff_*": {"uid": staff.uid},
        "lkip:statement_edit": year | {"uid": statement.uid},
        "lkip:unit_edit": year | {"uid": unit.uid},
        "lkip:cross_cutting_edit": year | {"uid": shared.uid},
        "lkip:plan_document": year | {"uid": agreement.uid},
        "lkip:plan_document_edit": year | {"uid": agreement.uid},
        "lkip:agreement_sheet": year | {"uid": agreement.uid},
        "lkip:planned_budget": year | {"uid": renstra.uid, "key": programme.key},
        "lkip:baseline_edit": year | code | {"uid": renstra.uid},
        "lkip:target_edit": year | {"uid": target.uid},
        "lkip:statistic_edit": year | {"uid": value.uid},
        "lkip:statistic_withdraw": year | {"uid": value.uid},
        "lkip:register_start": year | {"key": "buku-penempatan"},
        "lkip:statistic_upload_preview": year | {"uid": NOBODY},
        "lkip:regional_upload_preview": year | {"uid": NOBODY},
        "lkip:target_upload_preview": year | {"uid": NOBODY},
        **dict.fromkeys(
            (
                "lkip:lineage",
                "lkip:target_new",
                "lkip:quarters_edit",
                "lkip:regional",
                "lkip:regional_new",
                "lkip:statistic_new",
            ),
            year | code,
        ),
    }


def build() -> dict[str, dict]:
    """Save the rows; returns the arguments of each URL by name, `*` at the end stands for any end.

    The argument "?" is what follows the address.
    """
    places = builders.city()
    builders.office(places)
    people, companies = jobseekers(places), employers(places)
    person, company = people.pop("person")["object"], companies.pop("company")["object"]
    return {
        **accounts(places),
        **people,
        **companies,
        **activities(places),
        **training(places, person),
        **disputes(places, company),
        **placements(places, person, company),
        **lkip(places),
    }
