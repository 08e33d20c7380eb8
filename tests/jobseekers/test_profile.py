"""Rows of a profile: what may stand there, what follows from them, who sees them, and what they do to an open file."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as settings_of_django
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import classification
from core.errors import Refused
from core.models.reference import ClassificationCode, IpkEducationCode
from core.workflow import StaleRecord
from jobseekers.models import (
    AccommodationNeed,
    AK1Application,
    DesiredOccupation,
    JobSeeker,
    Schooling,
    Skill,
    WorkHistory,
)
from jobseekers.services import applications, people, profile, schooling
from jobseekers.validators import IPK_STARTS

pytestmark = pytest.mark.django_db
SCHOOL = {"school": "SMKN 1", "major": "TKJ", "graduated": 2021}
JOB = {"employer": "Toko Contoh", "occupation": "Kasir", "started_on": date(2021, 8, 17), "ended_on": None}


def add(person, kind, **values):
    person.refresh_from_db()
    return profile.add_row(person, actor=person.user, version=person.version, kind=kind, **values)


@pytest.fixture
def bare(person_with, seeker):
    """A person without education."""
    return person_with(
        user=seeker, education=None, education_school="", education_major="", graduation_year=None, skills=""
    )


@pytest.fixture
def kbji(db):
    """Three occupations and a broad group."""
    for code, level, title in (
        ("5230", 4, "Kasir dan Penjual Tiket"), ("5230.01", 6, "Kasir Toko"), ("7212", 4, "Tukang Las"),
        ("52", 2, "Tenaga Penjualan Kasir"),
    ):  # fmt: skip
        ClassificationCode.objects.create(scheme="KBJI", version="2014", code=code, level=level, title=title)
    return {row.code: row for row in ClassificationCode.objects.all()}


class TestSchooling:
    def test_the_card_prints_the_highest_row_whatever_the_order_of_typing(self, bare, levels):
        first = add(bare, profile.SCHOOLING, level=levels["SMK"], **SCHOOL)
        add(bare, profile.SCHOOLING, level=levels["SMP"], school="SMPN 2", graduated=2018)
        bare.refresh_from_db()
        assert (bare.education_id, bare.education_school, bare.graduation_year) == ("SMK", "SMKN 1", 2021)
        bare.refresh_from_db()
        profile.remove_row(first, actor=bare.user, version=bare.version, kind=profile.SCHOOLING)
        bare.refresh_from_db()
        assert (bare.education_id, bare.education_school, bare.education_major) == ("SMP", "SMPN 2", "")

    @pytest.mark.parametrize(
        ("grade", "kept"),
        [
            ("8,42", True),
            ("Lulus", True),
            ("345,5", True),
            ("3.51/4.00", True),
            ("Sangat baik", True),
            ("B+", True),
            ("99999", False),
            ("-1", False),
            ("abc<b>", False),
            ("8,4,2", False),
            ("=1+1", False),
            ("a b c d e", False),
        ],
    )
    def test_a_grade_is_one_that_a_school_gives(self, bare, levels, grade, kept):
        if not kept:
            with pytest.raises(ValidationError, match=r"Nilai (ini tidak mungkin|hanya angka)"):
                add(bare, profile.SCHOOLING, level=levels["SMK"], **SCHOOL, grade=grade)
        else:
            add(bare, profile.SCHOOLING, level=levels["SMK"], **SCHOOL, grade=grade)
        assert Schooling.objects.filter(grade=grade).exists() == kept

    @pytest.mark.parametrize(
        ("level", "code", "fits"),
        [
            ("SMK", "3107", True),
            ("SMK", "6634", False),
            ("SMK", "3801", False),
            ("SMA", "3801", True),
            ("S1", "6634", True),
        ],
    )
    def test_a_code_of_the_ipk_forms_belongs_to_its_level(self, bare, levels, level, code, fits):
        row = IpkEducationCode.objects.create(code=code, label="Contoh", level="X")
        values = {**SCHOOL, "level": levels[level], "ipk_code": row}
        if fits:
            assert add(bare, profile.SCHOOLING, **values).ipk_code == row
            return
        with pytest.raises(ValidationError) as problem:
            add(bare, profile.SCHOOLING, **values)
        assert f"Kode {code} bukan untuk jenjang ini" in problem.value.message_dict["ipk_code"][0]

    def test_every_code_of_the_reference_belongs_to_a_level(self):
        """The rule covers the whole list of codes and of levels."""
        folder = Path(settings_of_django.BASE_DIR) / "core" / "data"
        codes = [row["kode"] for row in csv.DictReader((folder / "ipk_pendidikan_kode.csv").open())]
        starts = [start for found in IPK_STARTS.values() for start in found]
        assert [code for code in codes if not code.startswith(tuple(starts))] == []
        known = {row["kode"] for row in csv.DictReader((folder / "ref_pendidikan.csv").open())}
        assert known == IPK_STARTS.keys()

    def test_a_correction_to_a_level_of_which_a_row_tells_takes_its_school(self, bare, levels, officer):
        add(bare, profile.SCHOOLING, level=levels["SMK"], **SCHOOL)
        add(bare, profile.SCHOOLING, level=levels["SMP"], school="SMPN 2", graduated=2018)
        bare.refresh_from_db()
        kept = {name: getattr(bare, name) for name in schooling.DETAILS}
        saved = people.update_person(
            bare, actor=officer, version=bare.version, education=levels["SMP"], **kept
        )
        assert (saved.education_id, saved.education_school, saved.graduation_year) == ("SMP", "SMPN 2", 2018)
        assert list(Schooling.objects.values_list("level", "school", "graduated")) == [
            ("SMP", "SMPN 2", 2018)
        ]

    def test_a_correction_that_the_rows_could_not_follow_is_asked_about(self, bare, levels, officer):
        add(bare, profile.SCHOOLING, level=levels["SMP"], school="SMPN 2", graduated=2018)
        bare.refresh_from_db()
        with pytest.raises(ValidationError) as problem:
            people.update_person(
                bare, actor=officer, version=bare.version, education=levels["SMA"], education_school="",
                graduation_year=None,
            )  # fmt: skip
        assert set(problem.value.error_dict) == {"education_school", "graduation_year"}
        saved = people.update_person(
            bare, actor=officer, version=bare.version, education=levels["SMA"], education_school="SMAN 3",
            graduation_year=2021,
        )  # fmt: skip
        assert saved.education_id == schooling.highest(saved).level_id == "SMA"
        assert schooling.last_education(saved)["education_school"] == saved.education_school == "SMAN 3"

    def test_what_was_told_before_becomes_the_first_row(self, person_with, levels):
        person = person_with()
        add(person, profile.SCHOOLING, level=levels["SMP"], school="SMPN 2", graduated=2018)
        assert set(Schooling.objects.values_list("level_id", "graduated")) == {("SMK", 2021), ("SMP", 2018)}
        person.refresh_from_db()
        assert person.education_id == "SMK"

    def test_the_rows_follow_a_correction_at_the_counter(self, bare, levels, officer):
        add(bare, profile.SCHOOLING, level=levels["SMK"], **SCHOOL)
        add(bare, profile.SCHOOLING, level=levels["S1"], school="Universitas", graduated=2023)
        bare.refresh_from_db()
        people.update_person(
            bare, actor=officer, version=bare.version, education=levels["SMK"], education_school="SMKN 9",
            education_major="TKJ", graduation_year=2020,
        )  # fmt: skip
        (row,) = Schooling.objects.all()
        assert (row.level_id, row.school, row.graduated) == ("SMK", "SMKN 9", 2020)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["SD", "SMP", "SMA", "SMK", "S1"]), st.integers(2009, 2023)),
            min_size=1, max_size=6,
        )
    )  # fmt: skip
    def test_person_and_rows_agree_after_any_history(self, bare, levels, rows):
        Schooling.objects.all().delete()
        for code, year in rows:
            add(bare, profile.SCHOOLING, level=levels[code], school=f"Sekolah {code}", graduated=year)
        bare.refresh_from_db()
        best = max(rows, key=lambda row: (levels[row[0]].order, row[1]))
        assert (bare.education_id, bare.graduation_year) == best
        for row in Schooling.objects.order_by("pk"):
            bare.refresh_from_db()
            profile.remove_row(row, actor=None, version=bare.version, kind=profile.SCHOOLING)
            bare.refresh_from_db()
            assert schooling.last_education(bare)["education"] == bare.education
        assert bare.education is None


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (profile.SCHOOLING, {"level": "SMK", "school": "SMKN", "graduated": 2031}, "graduated"),
        (profile.SCHOOLING, {"level": "SMK", "school": "SMKN", "graduated": 2004}, "graduated"),
        (profile.SKILL, {"name": "Las", "level": "BEST"}, "level"),
        (profile.SKILL, {"name": "日本語", "level": "GOOD"}, "name"),
        (profile.WORK, {**JOB, "ended_on": date(2021, 7, 1)}, "ended_on"),
        (profile.WORK, {**JOB, "started_on": date(2024, 1, 1)}, "started_on"),
        (profile.WORK, {**JOB, "started_on": date(2005, 1, 1)}, "started_on"),
        (profile.WORK, {**JOB, "ended_on": date(2023, 9, 1)}, "ended_on"),
        (profile.TRAINING, {"name": "Las", "provider": "BLK", "year": 2031}, "year"),
    ],
)
def test_impossible_rows_are_refused_by_field_and_change_nothing(bare, levels, kind, values, field):
    values = {key: levels[value] if value == "SMK" else value for key, value in values.items()}
    with pytest.raises(ValidationError) as caught:
        add(bare, kind, **values)
    assert set(caught.value.message_dict) == {field}
    assert not kind.model.objects.exists()
    assert JobSeeker.objects.get(pk=bare.pk).version == bare.version


def test_a_skill_stands_once_and_the_card_s_line_follows_until_it_is_the_person_s_own(bare):
    add(bare, profile.SKILL, name="Las listrik", level="GOOD")
    with pytest.raises(Refused, match="sudah ada"):
        add(bare, profile.SKILL, name="LAS LISTRIK", level="BASIC")
    row = add(bare, profile.SKILL, name="Excel", level="GOOD")
    bare.refresh_from_db()
    assert bare.skills == "Las listrik, Excel"
    profile.change_row(
        row, actor=None, version=bare.version, kind=profile.SKILL, name="Komputer", level="GOOD"
    )
    bare.refresh_from_db()
    assert bare.skills == "Las listrik, Komputer"
    people.update_person(bare, actor=None, version=bare.version, skills="Menjahit dan memasak")
    add(bare, profile.SKILL, name="Bubut", level="GOOD")
    bare.refresh_from_db()
    assert bare.skills == "Menjahit dan memasak"


def test_there_is_an_end_to_rows(bare, kbji):
    for number in range(profile.LANGUAGE.most):
        add(bare, profile.LANGUAGE, name=f"Bahasa {number}", level="BASIC")
    with pytest.raises(Refused, match="paling banyak"):
        add(bare, profile.LANGUAGE, name="Lagi", level="BASIC")


def test_every_change_makes_an_open_file_stale(sent, officer):
    application = sent()
    person = JobSeeker.objects.get(pk=application.jobseeker_id)
    row = add(person, profile.SKILL, name="Las", level="GOOD")
    assert AK1Application.objects.get().version == application.version + 1
    with pytest.raises(StaleRecord):
        applications.approve(application, actor=officer, version=application.version)
    with pytest.raises(StaleRecord):
        profile.remove_row(row, actor=person.user, version=person.version, kind=profile.SKILL)
    assert Skill.objects.exists()


class TestNeed:
    def test_it_lies_sealed_and_is_read_by_the_few_who_need_it(self, bare, user_with, officer):
        profile.set_need(
            bare, actor=bare.user, version=bare.version, kind="PHYSICAL", need="Jalur kursi roda"
        )
        row = AccommodationNeed.objects.get()
        assert b"kursi" not in bytes(row.need_sealed)
        assert row.read_need() == "Jalur kursi roda"
        for role in (
            "SECTION_HEAD",
            "ADMINISTRATOR",
            "TRAINING_OFFICER",
            "PLANNER",
            "JOBSEEKER",
            "BKK_OPERATOR",
        ):
            assert not AccommodationNeed.objects.visible_to(user_with(role)).exists(), role
        assert AccommodationNeed.objects.visible_to(officer).get() == row
        assert AccommodationNeed.objects.visible_to(bare.user).get() == row

    def test_it_can_be_changed_and_taken_back(self, bare):
        for need in ("Juru bahasa isyarat", "tidak ada"):
            bare.refresh_from_db()
            profile.set_need(bare, actor=None, version=bare.version, kind="HEARING", need=need)
        assert AccommodationNeed.objects.get().read_need() == "tidak ada"
        bare.refresh_from_db()
        profile.set_need(bare, actor=None, version=bare.version, kind="")
        assert not AccommodationNeed.objects.exists()

    @pytest.mark.parametrize("values", [{"kind": "X", "need": "a"}, {"kind": "VISUAL", "need": ""},
                                        {"kind": "VISUAL", "need": "a" * 501}])  # fmt: skip
    def test_nonsense_is_refused(self, bare, values):
        with pytest.raises(ValidationError):
            profile.set_need(bare, actor=None, version=bare.version, **values)
        assert not AccommodationNeed.objects.exists()


class TestOccupations:
    def test_words_find_titles_in_any_order_of_words(self, kbji):
        assert [row.code for row in classification.search("KBJI2014", "kasir")] == ["5230.01", "5230"]
        assert [row.code for row in classification.search("KBJI2014", "toko kasir")] == ["5230.01"]
        for nothing in ("", "la", "%%%", "nelayan"):
            assert classification.search("KBJI2014", nothing) == []

    def test_it_is_picked_from_the_results_without_a_script(self, bare, kbji, client):
        client.force_login(bare.user)
        application = applications.start_application(actor=bare.user, person=bare)
        url = reverse("jobseekers:row_add", args=[application.uid, "jabatan"])
        page = client.get(url, {"q": "las"})
        assert "Tukang Las" in page.content.decode()
        version = version_in(page)
        assert client.post(url, {"q": "las", "kode": "9999", "version": version}).status_code == 422
        assert client.post(url, {"q": "las", "kode": "7212", "version": version}).status_code == 302
        row = DesiredOccupation.objects.get()
        assert (row.occupation.code, row.occupation.version) == ("7212", "2014")
        page = client.get(reverse("jobseekers:fill_part", args=[application.uid, "pekerjaan"]))
        assert "Tukang Las" in page.content.decode()


def version_in(response) -> str:
    return re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)


@pytest.fixture
def draft(bare, client):
    """A signed-in job seeker's draft."""
    client.force_login(bare.user)
    return applications.start_application(actor=bare.user, person=bare)


class TestPages:
    def test_a_row_is_added_changed_and_removed(self, draft, client, levels):
        url = reverse("jobseekers:fill_part", args=[draft.uid, "pendidikan"])
        adding = client.get(url)
        assert adding.url == reverse("jobseekers:row_add", args=[draft.uid, "sekolah"])
        page = client.get(adding.url)
        answers = {"level": "SMK", **SCHOOL, "grade": "8,42", "ipk_code": "", "version": version_in(page)}
        assert client.post(adding.url, {**answers, "school": ""}).status_code == 422
        assert client.post(adding.url, answers).url == url
        row = Schooling.objects.get()
        assert "SMKN 1" in client.get(url).content.decode()
        change = reverse("jobseekers:row_change", args=[draft.uid, "sekolah", row.pk])
        page = client.get(change)
        client.post(change, {**answers, "school": "SMKN 2", "version": version_in(page)})
        assert JobSeeker.objects.get().education_school == "SMKN 2"
        assert client.post(change, answers).status_code == 409
        remove = reverse("jobseekers:row_remove", args=[draft.uid, "sekolah", row.pk])
        page = client.get(remove)
        assert Schooling.objects.exists()
        client.post(remove, {"version": version_in(page)})
        assert not Schooling.objects.exists()

    @pytest.mark.parametrize(
        ("part", "answers", "field", "value"),
        [
            ("domisili", {"elsewhere": "1", "domicile_village": "32.77.01.1001", "domicile_address": "Jl. Baru 1",
                          "domicile_rt": "1", "domicile_rw": "2"}, "domicile_village_id", "32.77.01.1001"),
            ("pekerjaan", {"desired_region": "ABROAD", "wage_expectation": "3.500.000"}, "wage_expectation", 3500000),
            ("kontak", {"phone": "0812 3456 7890", "email": ""}, "phone", "+6281234567890"),
        ],
    )  # fmt: skip
    def test_a_part_is_saved_when_given_and_found_again_on_another_device(
        self, draft, client, client_as, part, answers, field, value
    ):
        url = reverse("jobseekers:fill_part", args=[draft.uid, part])
        response = client.post(url, {**answers, "version": version_in(client.get(url))})
        assert response.status_code == 302, response.context["errors"]
        assert getattr(JobSeeker.objects.get(), field) == value
        client.logout()
        client.force_login(draft.jobseeker.user)
        page = client.get(url).content.decode()
        assert "Jl. Baru 1" in page or "3.500.000" in page or "3500000" in page or "+62812" in page

    def test_another_address_needs_its_kelurahan_and_living_at_home_clears_it(self, draft, client, places):
        url = reverse("jobseekers:fill_part", args=[draft.uid, "domisili"])
        page = client.get(url)
        response = client.post(url, {"elsewhere": "1", "version": version_in(page)})
        assert response.status_code == 422
        assert {"domicile_village", "domicile_address"} <= set(response.context["form"].errors)
        person = JobSeeker.objects.get()
        people.update_person(
            person, actor=None, version=person.version, domicile_village=places["32.77.01.1001"],
            domicile_address="Jalan Baru",
        )  # fmt: skip
        client.post(url, {"elsewhere": "", "version": version_in(client.get(url))})
        person.refresh_from_db()
        assert (person.domicile_village, person.domicile_address) == (None, "")

    def test_the_list_counts_what_is_mandatory_and_leads_on(self, draft, client, levels):
        page = client.get(reverse("jobseekers:my_application", args=[draft.uid])).content.decode()
        assert "5 dari 6 bagian wajib selesai" in page
        assert "Lanjut: Pendidikan" in page
        assert re.search(r"Keterampilan dan bahasa</a>.*?Opsional", page)
        assert "Belum bisa dimulai" in page
        add(draft.jobseeker, profile.SCHOOLING, level=levels["SMK"], **SCHOOL)
        page = client.get(reverse("jobseekers:my_application", args=[draft.uid])).content.decode()
        assert "6 dari 6 bagian wajib selesai" in page
        assert "SMK TKJ, lulus 2021" in page

    def test_nobody_else_reaches_it(self, draft, client_as):
        skill = add(draft.jobseeker, profile.SKILL, name="Las", level="GOOD")
        before = JobSeeker.objects.get(pk=draft.jobseeker_id).version
        for role in ("JOBSEEKER", "PLACEMENT_OFFICER", "ADMINISTRATOR", "BKK_OPERATOR"):
            other = client_as(role)
            for name, args in (
                ("fill_part", ["keterampilan"]), ("row_add", ["keterampilan"]),
                ("row_change", ["keterampilan", skill.pk]), ("row_remove", ["keterampilan", skill.pk]),
                ("fill_document", ["ktp"]), ("drop_document", ["ktp"]),
            ):  # fmt: skip
                url = reverse(f"jobseekers:{name}", args=[draft.uid, *args])
                assert other.get(url).status_code == 404
                assert other.post(url, {"name": "X", "level": "GOOD", "version": before}).status_code == 404
        assert JobSeeker.objects.get(pk=draft.jobseeker_id).version == before
        assert Skill.objects.get().name == "Las"

    def test_a_row_of_another_person_is_not_reached_through_the_own_file(self, draft, client, person_with):
        foreign = add(person_with(), profile.SKILL, name="Las", level="GOOD")
        for name in ("row_change", "row_remove"):
            url = reverse(f"jobseekers:{name}", args=[draft.uid, "keterampilan", foreign.pk])
            assert client.get(url).status_code == 404
            assert client.post(url, {"name": "X", "level": "GOOD", "version": 1}).status_code == 404
        assert Skill.objects.get().name == "Las"

    def test_the_pages_ask_a_fixed_number_of_queries(self, draft, client):
        def count(url):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            return len(queries)

        urls = [
            reverse("jobseekers:fill_part", args=[draft.uid, "keterampilan"]),
            reverse("jobseekers:my_application", args=[draft.uid]),
            reverse("jobseekers:review", args=[draft.uid]),
        ]
        add(draft.jobseeker, profile.SKILL, name="Satu", level="GOOD")
        [count(url) for url in urls]
        one = [count(url) for url in urls]
        for name in ("Dua", "Tiga"):
            add(draft.jobseeker, profile.SKILL, name=name, level="GOOD")
        assert [count(url) for url in urls] == one

    def test_no_nik_and_no_kk_on_any_page(self, draft, client):
        nik = draft.jobseeker.read_nik()
        for slug in ("identitas", "status", "alamat", "domisili", "kontak", "keterampilan", "pengalaman", "pelatihan",
                     "pekerjaan", "kebutuhan", "foto"):  # fmt: skip
            text = client.get(reverse("jobseekers:fill_part", args=[draft.uid, slug])).content.decode()
            assert nik not in text
            assert "3277020101209000" not in text

    def test_the_office_s_trainings_come_by_the_door(self, draft, client):
        from tests.training import builders

        assert (
            "Belum pernah mengikuti pelatihan Dinas"
            in client.get(reverse("jobseekers:fill_part", args=[draft.uid, "pelatihan"])).content.decode()
        )
        builders.enrolment(jobseeker=draft.jobseeker, state="COMPLETED")
        text = client.get(reverse("jobseekers:fill_part", args=[draft.uid, "pelatihan"])).content.decode()
        assert "Pelatihan Anda di Dinas" in text
        assert "Belum pernah" not in text


def test_an_officer_reads_the_profile_and_only_who_counsels_the_need(person_with, officer, client_as):
    person = person_with()
    WorkHistory.objects.create(
        jobseeker=person, employer="Toko Contoh", occupation="Kasir", started_on=date(2022, 1, 1)
    )
    profile.set_need(person, actor=None, version=person.version, kind="PHYSICAL", need="Jalur kursi roda")
    page = reverse("jobseekers:person_detail", args=[person.uid])
    seen = client_as(user=officer).get(page).content.decode()
    assert "Toko Contoh" in seen
    assert "Jalur kursi roda" in seen
    other = client_as("SECTION_HEAD").get(page).content.decode()
    assert "Toko Contoh" in other
    assert "Jalur kursi roda" not in other
    assert "Kebutuhan akomodasi" not in other
