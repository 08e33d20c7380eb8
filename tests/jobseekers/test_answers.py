"""Everything that was answered can be read: by the applicant before sending, by the officer, and by the API."""

from datetime import date

import pytest
from django.urls import reverse

from core.models.reference import ClassificationCode, IpkEducationCode
from jobseekers import models as m
from jobseekers.my_data import collect_all
from jobseekers.services import people, profile
from jobseekers.services.applications import approve
from tests.jobseekers.test_api import problem, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(person_with, seeker, places, levels):
    """A person who answered every question there is."""
    person = person_with(user=seeker)
    code = IpkEducationCode.objects.create(code="3107", label="SMK Teknik Otomotif", level="SMK")
    work = ClassificationCode.objects.create(
        scheme="KBJI", version="2014", code="7212", level=4, title="Tukang Las"
    )
    for model, row in (
        (m.Schooling, {"level": levels["SMK"], "ipk_code": code, "school": "SMKN Contoh 1", "graduated": 2021,
                       "grade": "8,42"}),
        (m.Skill, {"name": "Las listrik", "level": "GOOD"}),
        (m.Language, {"name": "Jepang", "level": "BASIC"}),
        (m.WorkHistory, {"employer": "Toko Contoh", "occupation": "Kasir", "started_on": date(2022, 1, 1),
                         "duties": "Melayani pembeli"}),
        (m.TrainingHistory, {"name": "Barista", "provider": "LPK Contoh", "year": 2022, "certificate_no": "B-7"}),
        (m.DesiredOccupation, {"occupation": work}),
    ):  # fmt: skip
        model.objects.create(jobseeker=person, **row)
    person = people.update_person(
        person, actor=None, version=person.version, domicile_village=places["32.77.01.1001"],
        domicile_address="Gang Kenanga 9", desired_region="ABROAD", wage_expectation=4_500_000,
    )  # fmt: skip
    return profile.set_need(person, actor=None, version=person.version, kind="PHYSICAL", need="Jalur landai")


ANSWERS = (
    "Gang Kenanga 9, Kelurahan Melong", "Las listrik (menengah)", "Jepang (dasar)", "Kasir, Toko Contoh, 01/2022",
    "Melayani pembeli", "Barista, LPK Contoh, 2022, sertifikat B-7", "Tukang Las (KBJI 7212)", "Luar negeri",
    "Rp4.500.000 sebulan", "nilai 8,42", "kode IPK 3107",
)  # fmt: skip
NEED = "Jalur landai"


def plain(response) -> str:
    return response.content.decode().replace("Rp ", "Rp").replace("Rp\xa0", "Rp")


def test_before_sending_every_answer_stands_there_with_its_link(full, client_as):
    from jobseekers.services.applications import start_application

    draft = start_application(actor=full.user, person=full)
    seen = plain(client_as(user=full.user).get(reverse("jobseekers:review", args=[draft.uid])))
    for words in (*ANSWERS, NEED):
        assert words in seen
    for part in ("domisili", "keterampilan", "pengalaman", "pelatihan", "pekerjaan", "kebutuhan"):
        assert reverse("jobseekers:fill_part", args=[draft.uid, part]) in seen


def test_the_officer_reads_them_on_the_file_and_on_the_person(full, sent, officer, client_as):
    application = sent(person=full)
    client = client_as(user=officer)
    file = plain(client.get(reverse("jobseekers:application_detail", args=[application.uid])))
    person = plain(client.get(reverse("jobseekers:person_detail", args=[full.uid])))
    for words in ANSWERS:
        assert words in file
        assert words in person
    assert NEED not in file
    assert NEED in person
    assert NEED not in plain(
        client_as("SECTION_HEAD").get(reverse("jobseekers:person_detail", args=[full.uid]))
    )


class TestOwnerApi:
    def test_domicile_region_and_wage_are_read_and_written(self, client_as, full, places):
        client = client_as(user=full.user)
        told = send(client, "GET", "profile", None)
        assert told.json()["domicile_village"] == "32.77.01.1001"
        assert told.json()["domicile_address"] == "Gang Kenanga 9"
        assert (told.json()["desired_region"], told.json()["wage_expectation"]) == ("ABROAD", 4_500_000)
        body = {"domicile_village": None, "desired_region": "LOCAL", "wage_expectation": None}
        problem(send(client, "PATCH", "profile", body, **{"If-Match": "99"}), 412)
        saved = send(client, "PATCH", "profile", body, **{"If-Match": told["ETag"]}).json()
        assert (saved["domicile_village"], saved["domicile_address"]) == (None, "")
        assert (saved["desired_region"], saved["wage_expectation"]) == ("LOCAL", None)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"domicile_village": "32.77.02.1002", "domicile_address": ""}, "domicile_address"),
            ({"domicile_village": None, "domicile_address": "Jalan A"}, "domicile_village"),
            ({"domicile_village": "32.77"}, "domicile_village"),
            ({"desired_region": "MOON"}, "desired_region"),
            ({"wage_expectation": 0}, "wage_expectation"),
        ],
    )
    def test_the_rules_of_the_page_hold(self, client_as, full, body, field):
        client = client_as(user=full.user)
        now = {"If-Match": send(client, "GET", "profile", None)["ETag"]}
        assert set(problem(send(client, "PATCH", "profile", body, **now), 422)["errors"]) == {field}
        full.refresh_from_db()
        assert full.domicile_address == "Gang Kenanga 9"


def test_my_data_holds_the_code_of_the_schooling_and_no_english(full, sent, officer, client_as):
    application = sent(person=full)
    approve(application, actor=officer, version=application.version)
    url = reverse("jobseekers:my_data_file", args=["json"])
    told = client_as(user=full.user).post(url)
    content = b"".join(told) if told.streaming else told.content
    assert "3107 SMK Teknik Otomotif" in content.decode()
    labels = {(entry.name, entry.label) for part in collect_all(full) for row in part.rows for entry in row}
    assert ("created_at", "Dibuat pada") in labels
    raw = {(name, label) for name, label in labels if "_" in name and label.lower() == name.replace("_", " ")}
    assert raw == set()
