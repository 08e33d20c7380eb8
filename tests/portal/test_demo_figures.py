"""Cimahi 2023: every number that the report of the year must show, computed from the demo's records."""

import csv
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db.models import Count, F

from accounts.enums import Role
from accounts.models import User
from core import clock, measures
from core.models.files import StoredFile
from core.models.reference import Region, RegionLevel
from core.models.workflow import WorkflowLog
from core.nik import parse_nik
from jobseekers import ipk
from jobseekers.enums import CardState
from jobseekers.models import (
    AK1Application,
    AK1Card,
    DesiredOccupation,
    Episode,
    EpisodeEvent,
    JobSeeker,
    PersonDocument,
)
from lkip import plan_tables, regional, staff_tables
from lkip.enums import Formula
from lkip.figures import period_of
from lkip.lineage import lineages
from lkip.models import Finding, Indicator, IndicatorTarget, PlanDocument
from placements.models import ChannelReport, Placement
from portal.demo.city import CITIES
from tests.portal.demo_city import CityCase, figures
from training.models import Certificate, Enrolment, TrainingCohort, TrainingProgramme

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo-cimahi")]
YEAR = 2023
PLAIN = {
    "ak1_cards": 2047, "placement_reports": 1835, "placement_reports_bkk": 371, "placement_reports_lpk": 49,
    "placement_reports_sidakep": 392, "placement_reports_cpmi": 61, "placement_reports_pelatihan": 720,
    "placement_reports_job_fair": 242, "placed_persons": 1765, "placed_with_card": 1412, "trainees": 825,
    "trainees_apbd": 295, "trainees_dbhcht": 530, "trainees_competent": 825, "trainees_apbd_barista": 20,
    "trainees_apbd_mua": 20, "trainees_apbd_las": 30, "trainees_apbd_menjahit": 200, "trainees_apbd_konstruksi": 10,
    "trainees_apbd_barbershop": 15, "trainees_dbhcht_menjahit": 150, "trainees_dbhcht_kuliner": 100,
    "trainees_dbhcht_it": 135, "trainees_dbhcht_vaporista": 110, "trainees_dbhcht_y_not": 35,
    "certificates_bnsp": 179, "certificates_bnsp_it": 134, "certificates_bnsp_barista": 20,
    "certificates_bnsp_las": 15, "certificates_bnsp_konstruksi": 10, "disputes_registered": 31,
    "disputes_settled": 31, "disputes_by_agreement": 16, "disputes_other": 15, "companies": 1645,
    "companies_bpjs": 1275, "companies_minimum_wage": 110, "companies_midyear": 1638,
    "companies_bpjs_midyear": 1113, "companies_minimum_wage_midyear": 243, "foreign_workers": 34,
    "companies_foreign_workers": 33, "companies_decent_work": 953,
}  # fmt: skip
RATES = {
    "placement_rate": ("89.64", "114.93"), "placed_persons_rate": ("86.22", "110.54"),
    "placed_with_card_rate": ("68.98", None), "competence_rate": ("100.00", "111.11"),
    "trained_per_card": ("40.30", "268.69"), "settlement_rate": ("100.00", "111.11"),
    "decent_work_rate": ("57.93", "165.52"), "companies_bpjs_rate": ("77.51", None),
    "companies_bpjs_rate_midyear": ("67.95", None), "companies_minimum_wage_rate": ("6.69", None),
    "companies_minimum_wage_rate_midyear": ("14.84", None), "tpt": ("10.52", "116.57"),
}  # fmt: skip
EFFICIENCY = {"placement_rate": "21.03", "competence_rate": "20.72", "settlement_rate": "14.96"}


def two(text: str) -> str:
    return str(Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP))


class TestCimahi(CityCase):
    """Everything that the year 2023 has to show."""

    code = "cimahi-2023"

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.shown = figures(YEAR)

    def test_the_ledger_tells_of_each_placement_how_far_and_who(self):
        placed = EpisodeEvent.objects.filter(kind="PLACED")
        assert not placed.filter(reach="").exists()
        assert not placed.filter(employer_class=None).exists()
        assert set(placed.values_list("reach", flat=True)) == {"AKL", "AKAD", "AKAN"}
        assert Episode.objects.exclude(occupation_group="").count() > 400
        for code in ipk.FORMS:
            form = ipk.form_of(code, date(YEAR, 6, 1))
            assert form.balanced, code
            total = next(line for line in form.lines if line.kind == "sum")
            assert any(total.numbers), code

    def test_a_count_is_the_number_of_its_records(self):
        assert {code: Decimal(self.shown[code]["value"]) for code in PLAIN} == PLAIN
        assert {code: self.shown[code]["records_count"] for code in PLAIN} == PLAIN

    def test_a_rate_and_its_capaian(self):
        rows = {code: self.shown[code] for code in RATES}
        found = {
            code: (two(row["value"]), row["capaian"] and two(row["capaian"])) for code, row in rows.items()
        }
        assert found == RATES

    def test_sums_over_companies(self):
        assert [Decimal(self.shown[code]["value"]) for code in ("workers_disabled", "bpjs_members")] == [
            143,
            53_667,
        ]

    def test_workers_insured_of_all_workers(self):
        assert two(self.shown["bpjs_members_rate"]["value"]) == "86.51"
        assert Decimal(self.shown["workers_disabled_midyear"]["value"]) == 145

    def test_parts_of_the_rates(self):
        codes = ("placement_rate", "placed_persons_rate", "settlement_rate")
        parts = [(self.shown[code]["numerator"], self.shown[code]["denominator"]) for code in codes]
        assert parts == [("1835", "2047"), ("1765", "2047"), ("31", "31")]

    def test_targets_stand_where_a_document_sets_one(self):
        assert {
            code: self.shown[code]["target"]
            for code in ("placement_rate", "competence_rate", "placed_persons")
        } == {
            "placement_rate": "78",
            "competence_rate": "90",
            "placed_persons": "1300",
        }
        assert two(self.shown["placed_persons"]["capaian"]) == "135.77"
        assert self.shown["placed_with_card_rate"]["target"] is None

    def test_efficiency_from_unrounded_parts_for_the_iku_only(self):
        found = {code: row["value"] for code, row in self.shown.items() if code.startswith("efficiency_")}
        assert {code.removeprefix("efficiency_"): two(value) for code, value in found.items()} == EFFICIENCY

    def test_the_income_is_the_reports(self):
        income = self.shown["income"]
        assert (two(income["value"]), income["numerator"], income["denominator"]) == (
            "93.19",
            "1908506300",
            "2047895000",
        )
        assert self.shown["income_pad.retribusi"]["value"] is None

    def test_a_score_that_nobody_gave_is_not_zero(self):
        assert self.shown["reform_index"]["value"] is None
        assert self.shown["reform_index"]["value_display"] == "belum tersedia"
        assert self.shown["reform_index"]["target"] == "60"

    def test_every_printed_percentage_of_the_spending_tables(self):
        for table, prefix, count in (("budget", "budget", 70), ("spending_types", "spending", 7)):
            with (CITIES / "cimahi-2023" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                printed = {row["key"]: row["printed_percent"] for row in csv.DictReader(file)}
            assert len(printed) == count
            assert {key: two(self.shown[f"{prefix}_{key}"]["value"]) for key in printed} == printed
        assert two(self.shown["budget_total"]["value"]) == "93.85"
        assert Decimal(self.shown["budget_ceiling"]["value"]) == 11_872_240_800
        assert Decimal(self.shown["budget_realised"]["value"]) == 11_141_936_138

    def test_each_measured_figure_opens_as_many_records_as_it_says(self):
        asked = 0
        for indicator in Indicator.objects.filter(formula=Formula.MEASURE):
            evidence = measures.evidence(indicator.measure, period_of(indicator, YEAR), indicator.filters)
            rows = list(evidence)
            assert (
                len(rows) == len({row.pk for row in rows}) == self.shown[indicator.code]["records_count"]
            ), indicator.code
            if isinstance(measures.get(indicator.measure).value, measures.Sum):
                assert sum(row.weight for row in rows) == Decimal(self.shown[indicator.code]["value"])
            asked += 1
        assert asked > len(PLAIN)

    def test_seventy_people_are_reported_by_training_and_fair_on_one_placement(self):
        twice = Placement.objects.annotate(n=Count("reports")).filter(n__gt=1)
        assert twice.count() == twice.values("jobseeker").distinct().count() == 70
        channels = {frozenset(p.reports.values_list("channel", flat=True)) for p in twice}
        assert channels == {frozenset({"PELATIHAN", "JOB_FAIR"})}
        reported = Placement.objects.filter(reports__channel="PELATIHAN")
        assert not reported.exclude(jobseeker__enrolments__result="COMPETENT").exists()

    def test_nothing_happens_in_an_impossible_order(self):
        assert not AK1Application.objects.filter(decided_at__lt=F("submitted_at")).exists()
        assert not Placement.objects.filter(
            jobseeker__cards__ended_on__lt=F("jobseeker__cards__issued_on")
        ).exists()
        placed = AK1Card.objects.filter(state=CardState.PLACED)
        assert placed.count() == 1412
        assert not placed.exclude(jobseeker__placements__started_on=F("ended_on")).exists()
        assert not placed.filter(issued_on__gte=F("ended_on")).exists()
        assert not ChannelReport.objects.filter(reported_on__lt=F("placement__started_on")).exists()
        assert not ChannelReport.objects.filter(decided_on__gt=self.city.demo_date).exists()
        trained = Enrolment.objects.filter(
            jobseeker__placements__reports__channel="PELATIHAN", result="COMPETENT"
        )
        assert not trained.filter(jobseeker__placements__started_on__lt=F("cohort__ends_on")).exists()
        assert not WorkflowLog.objects.filter(at__gt=clock.local(clock.dt.datetime(2023, 12, 30))).exists()

    def test_one_card_of_the_year_a_person_and_a_running_episode_for_each_active_card(self):
        counted = AK1Card.objects.filter(issued_on__year=YEAR, kind__in=("NEW", "RENEWAL"))
        assert counted.values("jobseeker").distinct().count() == 2047
        renewals = counted.filter(kind="RENEWAL")
        assert not renewals.filter(application__previous_card=None).exists()
        active = set(AK1Card.objects.active().values_list("jobseeker", flat=True))
        assert active == set(Episode.objects.open().values_list("jobseeker", flat=True))

    def test_every_nik_is_valid_and_agrees_with_the_person(self):
        districts = {
            region.plain_code
            for region in Region.objects.filter(level=RegionLevel.DISTRICT, valid_until=None)
        }
        seen = Counter()
        for person in JobSeeker.objects.all():
            nik = person.read_nik()
            parts = parse_nik(nik, on=self.city.demo_date)
            assert (parts.birth_date, parts.sex) == (person.birth_date, person.sex)
            assert parts.region6 in districts
            assert 9000 <= parts.serial <= 9999
            seen[nik] += 1
        assert max(seen.values()) == 1

    def test_a_share_of_people_has_a_profile_and_documents(self):
        people = JobSeeker.objects.count()
        with_skills = JobSeeker.objects.filter(skill_rows__isnull=False).distinct()
        assert 0.35 < with_skills.count() / people < 0.45
        assert DesiredOccupation.objects.values("jobseeker").distinct().count() == with_skills.count()
        for person in with_skills.order_by("pk")[:50]:
            assert person.skills == ", ".join(person.skill_rows.values_list("name", flat=True))
            for row in person.schooling_rows.all():
                assert (row.level_id, row.graduated) == (person.education_id, person.graduation_year)
            for row in person.workhistory_rows.all():
                assert row.ended_on < person.registered_on
        documents = PersonDocument.objects.all()
        assert documents.values("file").distinct().count() == 3
        assert documents.count() == 3 * documents.values("jobseeker").distinct().count() > 0
        waiting = AK1Application.objects.filter(state="SUBMITTED")
        assert not waiting.exclude(jobseeker__documents__kind="KTP").exists()

    def test_sixty_faces_are_shared_as_photos(self):
        assert StoredFile.objects.filter(kind="jobseekers.photo").count() == 60
        assert not JobSeeker.objects.filter(photo=None).exists()
        for sex in "MF":
            photos = JobSeeker.objects.filter(sex=sex).values_list("photo", flat=True).distinct()
            assert len(photos) == 30

    def test_one_login_a_role_has_a_usable_password_and_no_one_else(self):
        usable = [user for user in User.objects.all() if user.has_usable_password()]
        assert all(user.is_demo for user in usable)
        assert Counter(role for user in usable for role in user.active_roles) == dict.fromkeys(Role.values, 1)
        assert User.objects.filter(is_demo=False).exists()

    def test_the_job_seekers_login_holds_an_active_card(self):
        person = User.objects.get(is_demo=True, memberships__role=Role.JOBSEEKER).jobseeker
        assert person.cards.active().count() == 1

    def test_courses_keep_one_name_and_answer_to_their_aliases(self):
        vaporista = TrainingProgramme.objects.called("favorista").get()
        assert vaporista.name == "Vaporista"
        assert TrainingCohort.objects.filter(state="FINISHED").count() == 11
        assert Certificate.objects.filter(scheme="OFFICE").count() == 825

    def test_findings_and_assumptions_are_on_record(self):
        assert Finding.objects.filter(year=YEAR).count() == len(self.city.findings)
        subset = Finding.objects.get(year=YEAR, rule="SUBSET")
        assert "Barista" in subset.assumption

    def test_staff_strategic_plan_and_agreements_as_the_report_prints_them(self):
        post = staff_tables.by_post(self.city.demo_date)
        assert [count for _, (count,) in post.rows] == [1, 1, 2, 3, 3, 13, 1]
        assert post.totals == (24,)
        documents = PlanDocument.objects.filter(unit=None)
        tree = plan_tables.document_tree(documents.get(kind="RENSTRA"))
        assert tree.totals == (10_663_949_709, 10_735_093_887, 9_864_244_177, 9_959_864_439)
        assert [plan_tables.agreement(documents.get(kind=kind)).total for kind in ("PK", "PK_REVISED")] == [
            11_728_410_809,
            11_872_240_800,
        ]
        shown = {p.indicator.code: p for node in tree.nodes for p in node.promises}
        assert len(shown) == 77
        assert shown["trainees"].baseline.value == 188
        missed = self.shown["keluaran_penempatan_antar_kerja_perluasan"]
        assert (missed["value"], missed["target"], missed["capaian"]) == ("25", "80", "31.25")
        assert self.shown["keluaran_hi_sarana"]["value_display"] == "belum tersedia"
        assert not [way for way in lineages(IndicatorTarget.objects.all()) if way.late]

    def test_the_city_leads_the_ranking_of_its_province(self):
        ranking = regional.ranking(Indicator.objects.get(code="tpt"), YEAR)
        assert (len(ranking.rows), ranking.own.rank) == (27, 1)
        assert [float(value) for value in ranking.own.values] == [13.07, 10.77, 10.52]
        assert [float(value) for row in ranking.wider for value in row.values] == [9.82, 8.31, 7.44]

    def test_every_logged_record_has_its_whole_way(self):
        for model in (JobSeeker, AK1Application, AK1Card, Episode, Placement, ChannelReport, Enrolment):
            name = model._meta.label_lower
            logged = WorkflowLog.objects.filter(model=name).count()
            assert logged == sum(model.objects.values_list("version", flat=True)), name
