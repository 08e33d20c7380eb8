"""The pre-checks: what stops sending, what the applicant is told, and what only an officer hears of."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.files import store
from core.images import Content
from core.personal import blind_index, make_nik
from jobseekers.enums import FindingLevel
from jobseekers.models import AK1Application, JobSeeker, PersonDocument
from jobseekers.models.person import kk_index_of
from jobseekers.services import applications, people, prechecks
from jobseekers.services.prechecks import findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(person_with, user_with):
    """Return a function that makes a person with a draft."""

    def make(**changes):
        user = user_with("JOBSEEKER")
        person = person_with(user=user, **changes)
        return applications.start_application(actor=user, person=person)

    return make


def codes(application, level=None):
    return [f.code for f in prechecks.findings(application) if level is None or f.level == level]


def test_a_clean_file_has_nothing_to_mend(draft, places):
    assert codes(draft(), FindingLevel.ERROR) == []
    assert codes(draft(kk="3277020101209001"), FindingLevel.TASK) == ["same_person"]


def test_nik_against_birth_date_and_sex_stops_sending(draft):
    """The rows were written before the rule, so past the service."""
    application = draft()
    JobSeeker.objects.filter(pk=application.jobseeker_id).update(birth_date=date(2003, 8, 24), sex="M")
    application.jobseeker.refresh_from_db()
    found = {f.code: f for f in prechecks.findings(application) if f.is_error}
    assert set(found) == {"nik_birth_date", "nik_sex"}
    assert found["nik_sex"].part == "identitas"
    with pytest.raises(ValidationError, match="KTP"):
        applications.submit(application, actor=application.jobseeker.user, version=application.version)
    application.refresh_from_db()
    assert application.state == "DRAFT"


def test_a_nik_of_another_region_is_only_a_warning(draft):
    nik = make_nik("327501", date(2003, 8, 25), "F", 9555)
    application = draft(nik=nik)
    assert "nik_region" in codes(application, FindingLevel.WARNING)
    assert (
        applications.submit(application, actor=application.jobseeker.user, version=application.version).state
        == "SUBMITTED"
    )


def test_gaps_lead_to_the_first_part_that_has_one(draft):
    application = draft(birth_place="", phone="")
    (gap,) = [f for f in prechecks.findings(application) if f.code == "missing"]
    assert gap.text.startswith("Belum diisi: Tempat lahir, Telepon.")
    assert gap.part == "identitas"


def test_same_nik_of_another_row_is_a_task_and_the_applicant_hears_the_same_as_ever(draft, sent, officer):
    first = sent()
    nik = first.jobseeker.read_nik()
    alone, second = draft(), draft(nik=nik, full_name="Orang Lain", kk="")
    told = [[f.text for f in prechecks.findings(a) if f.for_applicant] for a in (alone, second)]
    assert told[0] == told[1]
    task = next(f for f in prechecks.findings(second) if f.code == "same_nik")
    assert (task.level, [twin.uid for twin in task.twins]) == ("TASK", [first.jobseeker.uid])
    assert "belum selesai" in task.twins[0].why
    applications.approve(first, actor=officer, version=first.version)
    task = next(f for f in prechecks.findings(second) if f.code == "same_nik")
    assert task.twins[0].nik_verified
    assert "memegang kartu" in task.twins[0].why


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"full_name": "Muhammad Rizki"}, {"full_name": "MOH. RIZKY"}, "nama dan tanggal lahir sama"),
        ({"full_name": "Rizki Muhammad"}, {"full_name": "Mohamad Rizki", "birth_date": date(2001, 1, 1)},
         "nomor KK dan nama sama"),
        ({"full_name": "Rina"}, {"full_name": "Rani"}, "nomor KK dan tanggal lahir sama"),
        ({"full_name": "Rina"}, {"full_name": "Budi", "birth_date": date(2001, 1, 1)}, ""),
        ({"full_name": "Rina"}, {"full_name": "Budi", "kk": ""}, ""),
    ],
)  # fmt: skip
def test_likely_the_same_person(draft, person_with, mine, theirs, expected):
    other = person_with(**theirs)
    application = draft(**mine)
    tasks = [f for f in prechecks.findings(application) if f.code == "same_person"]
    assert [(t.uid, t.why) for f in tasks for t in f.twins] == ([(other.uid, expected)] if expected else [])


def test_dead_rows_are_no_doubles(draft, person_with):
    other = person_with()
    JobSeeker.objects.filter(pk=other.pk).update(merged_into=person_with(kk="", full_name="Lain"))
    assert "same_person" not in codes(draft())


def test_who_holds_a_card_is_told_on_a_new_draft(draft, sent, officer):
    application = sent()
    applications.approve(application, actor=officer, version=application.version)
    again = AK1Application(jobseeker=application.jobseeker, kind="NEW")
    assert "own_card" in codes(again, FindingLevel.ERROR)


def test_the_number_of_queries_does_not_grow_with_doubles(draft, person_with):
    def count(application):
        application.jobseeker.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            prechecks.findings(application)
        return len(queries)

    application = draft()
    person_with(nik=application.jobseeker.read_nik())
    count(application)  # warms the cached agency profile
    one = count(application)
    for _ in range(3):
        person_with(nik=application.jobseeker.read_nik())
        person_with()
    assert count(application) == one


def test_kk_is_found_blind_and_apart_from_a_nik(person_with):
    person = person_with(kk="3277 0201 0120 9000")
    assert bytes(person.kk_index) == kk_index_of("3277020101209000")
    assert kk_index_of("3277020101209000") != blind_index("3277020101209000")
    changed = people.update_person(person, actor=None, version=person.version, kk="3277020101209111")
    assert bytes(changed.kk_index) == kk_index_of("3277020101209111")


def test_old_rows_get_their_kk_index(person_with):
    from importlib import import_module

    from django.apps import apps

    person, bare = person_with(), person_with(kk="")
    JobSeeker.objects.filter(pk=person.pk).update(kk_index=None)
    import_module("jobseekers.migrations.0005_kk_index").fill(
        apps, type("Editor", (), {"connection": connection})
    )
    person.refresh_from_db()
    bare.refresh_from_db()
    assert bytes(person.kk_index) == kk_index_of("3277020101209000")
    assert bare.kk_index is None


def test_a_differing_name_is_worded_for_its_reader(sent, officer, client_as):
    """The applicant is told what to prepare; the officer what to compare and ask for."""
    application = sent()
    stored = store(Content(b"%PDF-1.4 isi", "application/pdf"), actor=None, kind="jobseekers.document")
    PersonDocument.objects.create(
        jobseeker=application.jobseeker,
        kind="DIPLOMA",
        file=stored,
        uploaded_at=clock.now(),
        printed_name="Lain Nama",
    )
    found = next(row for row in findings(application) if row.code == "document_name")
    assert "siapkan surat keterangan" in found.text
    page = client_as(user=officer).get(reverse("jobseekers:application_detail", args=[application.uid]))
    assert "siapkan surat keterangan" not in page.content.decode()
    assert "minta surat keterangan dari penerbitnya" in page.content.decode()
    told = client_as(user=officer).get(reverse("api:application_checks", args=[application.uid])).json()
    assert any("minta surat keterangan" in row["text"] for row in told["findings"])
