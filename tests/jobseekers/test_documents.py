"""Documents: what is demanded, what is kept and how, who may open it, and hostile files."""

import io
import re
import zlib

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from core.files import read_file
from core.models import StoredFile
from core.models.audit import AuditEvent
from jobseekers.models import (
    AccommodationNeed,
    AK1Application,
    JobSeeker,
    PersonDocument,
    ReturnPoint,
    Schooling,
    Skill,
)
from jobseekers.services import applications, erasure, merging, papers, people, prechecks, profile

pytestmark = pytest.mark.django_db


def pdf(body: bytes = b"", tail: bytes = b"startxref\n9\n%%EOF\n") -> bytes:
    return b"%PDF-1.7\n" + body + tail


def stream(data: bytes, head: bytes = b"<< /Filter /FlateDecode >>") -> bytes:
    return b"1 0 obj\n" + head + b"\nstream\n" + zlib.compress(data, 9) + b"\nendstream\nendobj\n"


def picture(**options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (800, 600), (240, 240, 240)).save(target, "JPEG", **options)
    return target.getvalue()


def named(data: bytes, name: str = "ktp.pdf") -> io.BytesIO:
    found = io.BytesIO(data)
    found.name = name
    return found


def version_in(response) -> str:
    return re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)


def put(person, kind, data=None, name="Rina Lestari", actor=None):
    person = JobSeeker.objects.get(pk=person.pk)
    with papers.kept_upload(named(data or pdf()), actor=actor) as stored:
        return papers.put_document(
            person, actor=actor, version=person.version, kind=kind, file=stored, printed_name=name
        )


@pytest.fixture
def draft(person_with, seeker, agency, client):
    """A signed-in job seeker's draft at an office with the usual demands."""
    agency.policies = {}
    agency.save()
    client.force_login(seeker)
    return applications.start_application(actor=seeker, person=person_with(user=seeker))


def url_of(application, kind="ktp"):
    return reverse("jobseekers:fill_document", args=[application.uid, kind])


def test_mandatory_documents_stop_sending_and_lead_to_their_page(draft, client):
    found = [f for f in prechecks.findings(draft) if f.code == "document_missing"]
    assert [f.document for f in found] == ["KTP", "DIPLOMA"]
    page = client.get(reverse("jobseekers:review", args=[draft.uid])).content.decode()
    assert "KTP belum diunggah" in page
    assert url_of(draft, "diploma") in page
    put(draft.jobseeker, "KTP")
    put(draft.jobseeker, "DIPLOMA")
    draft.refresh_from_db()
    assert applications.submit(draft, actor=draft.jobseeker.user, version=draft.version).state == "SUBMITTED"


def test_what_is_demanded_follows_policy_kind_origin_and_schooling(
    draft, agency, levels, officer, person_with
):
    def demanded(application):
        return {d.kind.value: d.mandatory for d in papers.demands(application)}

    assert "LOSS_REPORT" not in demanded(draft)
    lost = AK1Application(jobseeker=draft.jobseeker, kind="REPLACEMENT", reason="LOST")
    assert demanded(lost)["LOSS_REPORT"] is False
    agency.policies = {"ak1_document_kk": "REQUIRED", "ak1_document_experience_letter": "OFF",
                       "ak1_document_loss_report": "REQUIRED"}  # fmt: skip
    agency.save()
    assert demanded(draft)["KK"] is True
    assert "EXPERIENCE_LETTER" not in demanded(draft)
    assert demanded(lost)["LOSS_REPORT"] is True
    assert not any(demanded(AK1Application(jobseeker=draft.jobseeker, origin="DESK")).values())
    draft.jobseeker.education_id = "TIDAK_TAMAT_SD"
    assert demanded(draft)["DIPLOMA"] is False


def test_an_upload_lies_sealed_and_is_opened_by_the_few_with_an_event(draft, client, client_as):
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 52.0, 0.0)}
    page = client.get(url_of(draft))
    response = client.post(url_of(draft), {"file": named(picture(exif=exif)), "version": version_in(page)})
    assert response.status_code == 302, response.context["errors"]
    row = PersonDocument.objects.get()
    assert row.file.sealed
    assert not Image.open(io.BytesIO(read_file(row.file))).getexif()
    with default_storage.open(row.file.path, "rb") as handle:
        assert b"JFIF" not in handle.read()
    address = reverse("core:file", args=[row.file.uid])
    assert client.get(address).status_code == 200
    seen = AuditEvent.objects.filter(kind="file.opened").count()
    for role in ("JOBSEEKER", "COMPANY_OPERATOR", "BKK_OPERATOR", "LPK_OPERATOR", "TRAINING_OFFICER", "PLANNER",
                 "MEDIATOR", "FAIR_OFFICER"):  # fmt: skip
        assert client_as(role).get(address).status_code == 404, role
    assert AuditEvent.objects.filter(kind="file.opened").count() == seen
    assert client_as("PLACEMENT_OFFICER").get(address).status_code == 200
    assert AuditEvent.objects.filter(kind="file.opened").count() == seen + 1


def test_replacing_deletes_the_old_file_mends_the_point_and_makes_the_open_file_stale(
    sent, officer, django_capture_on_commit_callbacks
):
    application = sent()
    row = put(application.jobseeker, "KTP")
    old = row.file
    assert AK1Application.objects.get().version == application.version + 1
    PersonDocument.objects.filter(pk=row.pk).update(state="REFUSED", reason="Buram")
    application.refresh_from_db()
    applications.return_application(
        application, actor=officer, version=application.version, comment="KTP buram."
    )
    point = ReturnPoint.objects.create(application=application, document="KTP", reason="Buram")
    other = ReturnPoint.objects.create(application=application, part="alamat", reason="Kurang lengkap")
    assert "document_refused" in [f.code for f in prechecks.findings(application)]
    before = JobSeeker.objects.get(pk=application.jobseeker_id).version
    with django_capture_on_commit_callbacks(execute=True):
        put(application.jobseeker, "KTP", picture())
    row.refresh_from_db()
    assert (row.state, row.reason) == ("UNCHECKED", "")
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert not default_storage.exists(old.path)
    point.refresh_from_db()
    other.refresh_from_db()
    assert point.mended_at is not None
    assert other.mended_at is None
    person = JobSeeker.objects.get(pk=application.jobseeker_id)
    assert person.version == before + 1
    people.update_person(person, actor=None, version=person.version, part="alamat", address="Jalan Lain 1")
    other.refresh_from_db()
    assert other.mended_at is not None


def test_the_name_on_the_document_is_compared_before_a_journey(draft, client):
    put(draft.jobseeker, "DIPLOMA", name="RINA LESTARI")
    assert "document_name" not in [f.code for f in prechecks.findings(draft)]
    put(draft.jobseeker, "DIPLOMA", name="Rini Lestiani")
    (found,) = [f for f in prechecks.findings(draft) if f.code == "document_name"]
    assert (found.level, found.document) == ("WARNING", "DIPLOMA")
    page = client.get(reverse("jobseekers:review", args=[draft.uid])).content.decode()
    assert "Rini Lestiani" in page
    assert "surat keterangan" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00" + b"\0" * 100, "program Windows"),
        (b"<html><script>alert(1)</script></html>", "halaman web"),
        (b"GIF89a" + b"\0" * 50, "GIF"),
        (pdf(tail=b"")[:200], "terpotong"),
        (pdf(b"/JavaScript (app.alert(1))"), "skrip"),
        (pdf(b"/Launch /Win"), "perintah"),
        (pdf(stream(b"<< /S /JavaScript /JS (x) >>", b"<< /Type /ObjStm /Filter /FlateDecode >>")), "skrip"),
        (pdf(stream(b"\0" * 2_500_000) * 2), "membengkak"),
        (pdf(stream(b"\0" * 3_500_000)), "membengkak"),
        (pdf(b"/Encrypt"), "sandi"),
        (picture()[:3000], "rusak atau terpotong"),
        (b"%PDF-1.7" + b"0" * 11_000_000, "batasnya 10 MB"),
    ],
)
def test_hostile_files_are_refused_with_their_cause_and_nothing_is_kept(
    draft, client, data, words, monkeypatch
):
    monkeypatch.setattr("core.images.documents.UNPACKED_BYTES", 4_000_000)
    monkeypatch.setattr("core.images.documents.STREAM_BYTES", 3_000_000)
    page = client.get(url_of(draft))
    tables = (StoredFile, PersonDocument, JobSeeker)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    response = client.post(url_of(draft), {"file": named(data), "version": version_in(page)})
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert "Galat:" in text
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_plain_scan_passes(draft, client):
    data = pdf(stream(b"\xff" * 2_000_000))
    page = client.get(url_of(draft))
    assert client.post(url_of(draft), {"file": named(data), "version": version_in(page)}).status_code == 302
    assert read_file(PersonDocument.objects.get().file) == data


def test_a_stale_page_keeps_no_file(draft, client):
    page = client.get(url_of(draft))
    version = version_in(page)
    put(draft.jobseeker, "KK")
    before = StoredFile.objects.count()
    assert client.post(url_of(draft), {"file": named(pdf()), "version": version}).status_code == 409
    assert StoredFile.objects.count() == before


def test_an_optional_document_can_be_taken_back_and_unknown_kinds_are_404(draft, client):
    row = put(draft.jobseeker, "KK")
    drop = reverse("jobseekers:drop_document", args=[draft.uid, "kk"])
    page = client.get(drop)
    assert PersonDocument.objects.exists()
    assert client.post(drop, {"version": version_in(page)}).status_code == 302
    assert not PersonDocument.objects.exists()
    assert not StoredFile.objects.filter(pk=row.file_id).exists()
    for kind in ("loss-report", "paspor", "KTP", "skill_certificate"):
        assert client.get(url_of(draft, kind)).status_code == 404


def test_erasure_reaches_rows_need_and_documents(
    person_with, user_with, levels, django_capture_on_commit_callbacks
):
    person = person_with()
    profile.add_row(person, actor=None, version=1, kind=profile.SKILL, name="Las", level="GOOD")
    profile.set_need(person, actor=None, version=2, kind="PHYSICAL", need="Jalur kursi roda")
    row = put(person, "KTP")
    person.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_person(person, actor=user_with("PDP_OFFICER"), version=person.version, reason="Surat 1")
    for table in (Skill, AccommodationNeed, PersonDocument, Schooling):
        assert not table.objects.exists()
    assert not default_storage.exists(row.file.path)
    person.refresh_from_db()
    assert (person.kk_sealed, person.kk_index, person.domicile_address) == (None, None, "")
    assert not JobSeeker.history.filter(id=person.pk).exclude(kk_index=None).exists()


def test_merging_keeps_the_winner_s_and_brings_what_it_lacks(person_with, officer, levels):
    loser, winner = person_with(nik=""), person_with()
    for person, skills in ((loser, ("Las", "Excel")), (winner, ("las",))):
        for name in skills:
            person.refresh_from_db()
            profile.add_row(
                person, actor=None, version=person.version, kind=profile.SKILL, name=name, level="GOOD"
            )
    old, kept = put(loser, "KTP"), put(winner, "KTP")
    put(loser, "DIPLOMA")
    loser.refresh_from_db()
    profile.set_need(loser, actor=None, version=loser.version, kind="VISUAL", need="Pembaca layar")
    loser.refresh_from_db()
    merging.merge_people(loser, into=winner, actor=officer, version=loser.version, reason="KTP sama")
    assert sorted(Skill.objects.filter(jobseeker=winner).values_list("name", flat=True)) == ["Excel", "las"]
    assert set(winner.documents.values_list("kind", flat=True)) == {"KTP", "DIPLOMA"}
    assert winner.documents.get(kind="KTP").file_id == kept.file_id
    assert not StoredFile.objects.filter(pk=old.file_id).exists()
    assert AccommodationNeed.objects.get(jobseeker=winner).read_need() == "Pembaca layar"


def test_a_drawing_that_others_show_too_stays_until_the_last_lets_go(person_with, user_with):
    """The demo's people share their drawings: replacing or erasing one person's must not touch the others'."""
    one, two = person_with(), person_with(nik="")
    row = put(one, "KTP", name="")
    shared = row.file
    JobSeeker.objects.filter(pk=two.pk).update(photo=one.photo)
    other = PersonDocument.objects.create(jobseeker=two, kind="KTP", file=shared, uploaded_at=row.uploaded_at)
    put(one, "KTP", name="")
    assert StoredFile.objects.filter(pk=shared.pk).exists()
    two.refresh_from_db()
    pdp = user_with("PDP_OFFICER")
    erasure.erase_person(two, actor=pdp, version=two.version, reason="Uji hapus data")
    assert not StoredFile.objects.filter(pk=shared.pk).exists()
    assert not PersonDocument.objects.filter(pk=other.pk).exists()
    assert StoredFile.objects.filter(pk=one.photo_id).exists()
