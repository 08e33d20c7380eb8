"""The pages of the training app: who sees them, what forms refuse, how many queries they ask, no NIK left behind."""

import logging
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.enums import Role
from core import clock
from core.models import AuditEvent
from jobseekers.looks import looks_at, tell
from tests.employers.pages import errors_of, queries
from tests.training import builders
from training.models import Enrolment

pytestmark = pytest.mark.django_db

STAFF = {
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.SECTION_HEAD,
    Role.PLANNER,
    Role.APIP_REVIEWER,
    Role.AGENCY_HEAD,
}
RUNNERS = {Role.TRAINING_OFFICER, Role.SECTION_HEAD}
TRAINEE_READERS = {Role.TRAINING_OFFICER, Role.PLACEMENT_OFFICER, Role.SECTION_HEAD}
LPK = {Role.LPK_OPERATOR}

PAGES = [
    ("cohort_list", None, STAFF | LPK),
    ("cohort_detail", "cohort", STAFF | LPK),
    ("enrol", "cohort", RUNNERS | LPK),
    ("enrolment_list", None, TRAINEE_READERS | LPK | {Role.JOBSEEKER}),
    ("enrolment_detail", "enrolment", TRAINEE_READERS | LPK),
    ("result", "enrolment", RUNNERS),
    ("results", "cohort", RUNNERS),
    ("certificate_list", None, TRAINEE_READERS | LPK | {Role.JOBSEEKER}),
    ("certificate_detail", "certificate", TRAINEE_READERS | LPK),
    ("programme_list", None, STAFF | LPK),
    ("programme_detail", "programme", STAFF | LPK),
    ("provider_list", None, STAFF | LPK),
    ("provider_detail", "provider", STAFF | LPK),
]


@pytest.fixture
def rows(agency, provider):
    """One record of each kind, all of one LPK."""
    made = builders.cohort(provider=provider)
    done = builders.graduate(made)
    return {
        "provider": provider,
        "programme": made.programme,
        "cohort": made,
        "enrolment": done,
        "certificate": builders.certificate(done),
    }


@pytest.mark.parametrize(("name", "kind", "allowed"), PAGES)
def test_who_sees_a_page(rows, client_as, client, name, kind, allowed):
    url = reverse(f"training:{name}", args=[rows[kind].uid] if kind else [])
    for role in [*Role.values, None]:
        asked = client_as(role, rows["provider"].institution if role == Role.LPK_OPERATOR else None)
        expected = 200 if role in allowed else 403
        if role == Role.JOBSEEKER and kind in ("enrolment", "certificate") and name != "result":
            expected = 404
        assert asked.get(url).status_code == expected, role
    if kind and kind != "programme" and name not in ("result", "results"):
        assert client_as(Role.LPK_OPERATOR).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_a_person_sees_the_own_training_and_no_other(agency, client_as):
    client = client_as(Role.JOBSEEKER)
    own = builders.graduate(jobseeker=builders.person("Nama Sendiri", user=client.user))
    other = builders.graduate(jobseeker=builders.person("Orang Lain"))
    page = client.get(reverse("training:enrolment_list")).content.decode()
    assert "Nama Sendiri" in page
    assert "Orang Lain" not in page
    assert client.get(reverse("training:enrolment_detail", args=[own.uid])).status_code == 200
    assert client.get(reverse("training:enrolment_detail", args=[other.uid])).status_code == 404
    assert not AuditEvent.objects.filter(object_uid=own.uid).exists()


def test_planners_see_a_cohort_without_names(rows, client_as):
    url = reverse("training:cohort_detail", args=[rows["cohort"].uid])
    name = rows["enrolment"].jobseeker.full_name
    assert name in client_as(Role.TRAINING_OFFICER).get(url).content.decode()
    assert name not in client_as(Role.PLANNER).get(url).content.decode()


def test_who_took_part_reads_who_opened_the_enrolment_and_why(rows, client_as):
    row = rows["enrolment"]
    client_as(Role.TRAINING_OFFICER).get(reverse("training:enrolment_detail", args=[row.uid]))
    (look,) = tell(list(looks_at(row.jobseeker)))
    assert (look.what, look.why) == ("Data Anda sebagai peserta pelatihan", "Mengurus pelatihan kerja")


def test_opening_a_participants_file_leaves_an_access_event(rows, client_as):
    client = client_as(Role.TRAINING_OFFICER)
    client.get(reverse("training:enrolment_detail", args=[rows["enrolment"].uid]))
    event = AuditEvent.objects.get(object_uid=rows["enrolment"].uid)
    assert event.actor_uid == client.user.uid


def test_an_operator_is_led_to_the_own_lpk(client_as, provider):
    own = client_as(Role.LPK_OPERATOR, provider.institution)
    assert (
        own.get("/pelatihan/penyelenggara/saya/")["Location"] == f"/pelatihan/penyelenggara/{provider.uid}/"
    )
    assert client_as(Role.PLANNER).get("/pelatihan/penyelenggara/saya/").status_code == 404


def _birth(day: date = builders.BIRTH) -> dict:
    return {
        "birth_date_day": str(day.day),
        "birth_date_month": str(day.month),
        "birth_date_year": str(day.year),
    }


def test_enrolment_by_form_leaves_no_nik_behind(agency, client_as, cohort, caplog):
    _, nik = builders.person_with_nik()
    client = client_as(Role.TRAINING_OFFICER)
    url = reverse("training:enrol", args=[cohort.uid])
    with caplog.at_level(logging.DEBUG):
        response = client.post(url, {"nik": f"{nik[:4]} {nik[4:]}", **_birth()})
        refused = client.post(url, {"nik": nik, **_birth()})
    assert response.status_code == 302
    assert nik not in response["Location"]
    assert "sudah ada dalam daftar" in errors_of(refused)
    assert Enrolment.objects.get().cohort == cohort
    assert nik not in caplog.text
    assert all(nik not in str(row.get_decoded()) for row in Session.objects.all())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nik": ""}, "NIK"),
        ({"nik": "12345"}, "16"),
        ({"nik": "3277019999999999"}, "NIK"),
        ({"nik": "abcdefghijklmnop"}, "NIK"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "tidak ada di kalender"),
        ({"birth_date_day": "x"}, "bukan tanggal"),
        ({"birth_date_year": "2000"}, "Tidak ada pencari kerja dengan NIK"),
    ],
)
def test_a_bad_enrolment_form_says_why(agency, client_as, cohort, changes, words):
    _, nik = builders.person_with_nik()
    response = client_as(Role.SECTION_HEAD).post(
        reverse("training:enrol", args=[cohort.uid]), {"nik": nik, **_birth()} | changes
    )
    assert words in errors_of(response)
    assert not Enrolment.objects.exists()


def test_a_result_by_form(agency, client_as, cohort):
    made = builders.enrolment(cohort, state="ATTENDING")
    url = reverse("training:result", args=[made.uid])
    client = client_as(Role.TRAINING_OFFICER)
    assert client.get(url).context["form"]["assessed_on"].value() == date(2023, 7, 31)
    values = {"result": "COMPETENT", "assessed_on": "2023-07-01", "version": "1"}
    assert "lebih awal" in errors_of(client.post(url, values))
    assert "Pilih hasil" in errors_of(client.post(url, {"assessed_on": "2023-07-31", "version": "1"}))
    values["assessed_on"] = "2023-07-31"
    assert client.post(url, values).status_code == 302
    made.refresh_from_db()
    assert (made.result, made.state) == ("COMPETENT", "COMPLETED")
    assert client.post(url, values | {"comment": "Lagi"}).status_code == 409
    assert "Isi alasan" in errors_of(client.post(url, values | {"version": "2"}))


def test_steps_by_the_page_refuse_who_may_not(agency, client_as, cohort):
    made = builders.enrolment(cohort)
    url = reverse("training:enrolment_detail", args=[made.uid])
    assert (
        client_as(Role.PLACEMENT_OFFICER).post(url, {"langkah": "accept", "version": "1"}).status_code == 422
    )
    assert client_as(Role.LPK_OPERATOR).post(url, {"langkah": "accept", "version": "1"}).status_code == 404
    assert client_as(Role.PLANNER).post(url, {"langkah": "accept", "version": "1"}).status_code == 403
    made.refresh_from_db()
    assert (made.state, made.version) == ("APPLIED", 1)
    assert (
        client_as(Role.TRAINING_OFFICER).post(url, {"langkah": "accept", "version": "1"}).status_code == 302
    )
    made.refresh_from_db()
    assert made.state == "ACCEPTED"


@pytest.mark.parametrize("step", ["complete", "amend_result"])
def test_a_result_is_never_recorded_without_its_form(agency, client_as, cohort, step):
    made = builders.enrolment(cohort, state="ATTENDING") if step == "complete" else builders.graduate(cohort)
    url = reverse("training:enrolment_detail", args=[made.uid])
    response = client_as(Role.TRAINING_OFFICER).post(url, {"langkah": step, "version": "1", "comment": "x"})
    assert response.status_code == 404
    made.refresh_from_db()
    assert made.version == 1


@pytest.mark.parametrize(
    "name", ["cohort_list", "enrolment_list", "certificate_list", "programme_list", "provider_list"]
)
def test_a_list_asks_the_same_queries_for_one_and_three(agency, client_as, name):
    client, url = client_as(Role.SECTION_HEAD), reverse(f"training:{name}")
    builders.certificate(builders.graduate(builders.cohort(provider=builders.provider())))
    one = queries(client, url)
    for _ in range(2):
        builders.certificate(builders.graduate(builders.cohort(provider=builders.provider())))
    assert queries(client, url) == one


def test_a_cohort_page_asks_the_same_queries_for_one_and_three(rows, client_as):
    client, url = client_as(Role.SECTION_HEAD), reverse("training:cohort_detail", args=[rows["cohort"].uid])
    one = queries(client, url)
    for _ in range(2):
        builders.graduate(rows["cohort"])
    assert queries(client, url) == one


def test_the_public_sees_open_trainings_with_seats(agency, client):
    soon = builders.cohort(
        builders.programme("Barista"),
        state="OPEN",
        starts_on=date(2023, 9, 4),
        ends_on=date(2023, 9, 15),
        quota=10,
    )
    builders.enrolment(soon, state="ACCEPTED")
    builders.enrolment(soon, state="APPLIED")
    hidden = [
        builders.cohort(state=state, starts_on=date(2023, 9, 4), ends_on=date(2023, 9, 15))
        for state in ("PLANNED", "RUNNING", "FINISHED", "CANCELLED")
    ]
    hidden.append(builders.cohort(state="OPEN"))
    page = client.get("/pelatihan/").content.decode()
    assert "1 pelatihan" in page
    assert "sisa 9 kursi" in page
    for made in hidden:
        assert str(made.uid) not in page
        assert client.get(f"/pelatihan/{made.uid}/").status_code == 404
    assert "Barista" in client.get(f"/pelatihan/{soon.uid}/").content.decode()
    with clock.frozen(date(2023, 9, 5)):
        assert client.get(f"/pelatihan/{soon.uid}/").status_code == 404


def test_the_public_list_asks_the_same_queries_for_one_and_three(agency, client):
    ahead = {"state": "OPEN", "starts_on": date(2023, 9, 4), "ends_on": date(2023, 9, 15)}
    builders.cohort(provider=builders.provider(), **ahead)
    one = queries(client, "/pelatihan/")
    for _ in range(2):
        builders.cohort(provider=builders.provider(), **ahead)
    assert queries(client, "/pelatihan/") == one
    assert one <= 6


def test_an_operators_export_holds_the_own_trainees_only(rows, client_as, provider):
    builders.graduate(jobseeker=builders.person("Orang Lain Contoh"))
    client = client_as(Role.LPK_OPERATOR, provider.institution)
    response = client.get("/pelatihan/peserta/?format=csv")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert rows["enrolment"].jobseeker.full_name.encode() in body
    assert b"Orang Lain Contoh" not in body


def test_a_whole_cohort_attends_and_gets_its_results(agency, client_as):
    made = builders.cohort()
    four = [builders.enrolment(made, state="ACCEPTED") for _ in range(4)]
    waiting = builders.enrolment(made)
    client, url = client_as(Role.TRAINING_OFFICER), reverse("training:cohort_detail", args=[made.uid])
    assert "Catat hadir semua yang diterima" in client.get(url).content.decode()
    assert client_as(Role.PLANNER).post(url, {"langkah": "attend_all", "version": "1"}).status_code == 422
    assert client.post(url, {"langkah": "attend_all", "version": "1"}).status_code == 302
    assert set(made.enrolments.exclude(pk=waiting.pk).values_list("state", flat=True)) == {"ATTENDING"}
    results = reverse("training:results", args=[made.uid])
    assert "Isi hasil angkatan" in client.get(url).content.decode()
    page = client.get(results).content.decode()
    assert all(one.jobseeker.full_name in page for one in four)
    assert waiting.jobseeker.full_name not in page
    values = {"assessed_on": "2023-07-31", "others": "COMPETENT"}
    values |= {f"version_{one.pk}": "2" for one in four} | {f"result_{four[0].pk}": "NOT_YET"}
    stale = client.post(results, values | {f"version_{four[3].pk}": "1"})
    assert stale.status_code == 409
    assert not made.enrolments.filter(state="COMPLETED").exists()
    assert "lebih awal" in errors_of(client.post(results, values | {"assessed_on": "2023-01-01"}))
    assert client.post(results, values).status_code == 302
    found = list(made.enrolments.exclude(pk=waiting.pk).order_by("pk").values_list("result", flat=True))
    assert found == ["NOT_YET", "COMPETENT", "COMPETENT", "COMPETENT"]


def test_results_may_be_left_for_later(agency, client_as, cohort):
    one, two = (builders.enrolment(cohort, state="ATTENDING") for _ in range(2))
    client, url = client_as(Role.SECTION_HEAD), reverse("training:results", args=[cohort.uid])
    values = {"assessed_on": "2023-07-31", "others": "NONE", f"result_{one.pk}": "COMPETENT"}
    values |= {f"version_{one.pk}": "1", f"version_{two.pk}": "1"}
    other = builders.enrolment(builders.cohort(), state="ATTENDING")
    assert client.post(url, values | {f"result_{other.pk}": "COMPETENT"}).status_code == 302
    two.refresh_from_db()
    other.refresh_from_db()
    assert (two.state, other.state) == ("ATTENDING", "ATTENDING")
    assert Enrolment.objects.get(pk=one.pk).result == "COMPETENT"


def test_the_results_page_asks_the_same_queries_for_one_and_three(agency, client_as, cohort):
    client, url = client_as(Role.SECTION_HEAD), reverse("training:results", args=[cohort.uid])
    builders.enrolment(cohort, state="ATTENDING")
    one = queries(client, url)
    for _ in range(2):
        builders.enrolment(cohort, state="ATTENDING")
    assert queries(client, url) == one
