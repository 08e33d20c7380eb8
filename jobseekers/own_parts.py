"""What this room holds about a person, handed in to `jobseekers.my_data`; imported when the app starts."""

from accounts.models import Institution, Membership
from core.models.workflow import WorkflowLog
from core.personal import clear_value
from jobseekers import models as m
from jobseekers.looks import looks_at, tell
from jobseekers.my_data import describe, entry, register_my_data
from jobseekers.services import proposals
from messaging.models import Message, Notice

IDENTITY = (
    "full_name", "birth_place", "birth_date", "sex", "marital_status", "religion", "education", "education_major",
    "education_school", "graduation_year", "skills", "village", "address", "rt", "rw", "domicile_village",
    "domicile_address", "domicile_rt", "domicile_rw", "desired_region", "wage_expectation", "phone", "email",
    "registered_on", "nik_verified_at", "nik_verified_method",
)  # fmt: skip
LOG_LIMIT = 1000


def _identity(person):
    row = [entry("nik", "NIK", person.read_nik()), entry("kk", "Nomor KK", person.read_kk())]
    row += describe(person, IDENTITY)
    if person.photo_id:
        row.append(entry("photo", "Pas foto disimpan pada", person.photo.created_at))
    yield row


def _account(person):
    user = person.user
    if user is None:
        return
    yield [
        entry("email", "E-mail untuk masuk", user.email),
        entry("full_name", "Nama akun", user.full_name),
        entry("created_at", "Dibuat pada", user.created_at),
        entry("last_login", "Terakhir masuk", user.last_login),
        entry("roles", "Peran", ", ".join(str(row) for row in Membership.objects.filter(user=user))),
    ]


def _of(model, names, **extra):
    """Return a collector of the person's rows of a model, oldest first."""

    def collect(person):
        rows = model.objects.filter(jobseeker=person).order_by("pk")
        for row in rows:
            found = describe(row, names)
            found += [entry(name, label, read(row)) for name, (label, read) in extra.items()]
            yield found

    return collect


def _need(person):
    need = m.AccommodationNeed.objects.filter(jobseeker=person).first()
    if need is not None:
        yield [
            *describe(need, ("kind",)),
            entry("need", "Kebutuhan akomodasi", clear_value(need, "need_sealed")),
        ]


def _file_facts(row):
    return f"{row.file.content_type}, {row.file.size} bita"


def _looks(person):
    for look in tell(list(looks_at(person))):
        yield [
            entry("at", "Waktu", look.at),
            entry("name", "Nama", look.name),
            entry("role", "Peran", look.role),
            entry("what", "Yang dilihat", look.what),
            entry("why", "Alasan", look.why),
        ]


def _log(person):
    uids = [person.uid]
    for table in (m.AK1Application, m.AK1Card, m.DataRequest):
        uids += table.objects.filter(jobseeker=person).values_list("uid", flat=True)
    for row in WorkflowLog.objects.filter(object_uid__in=uids).order_by("at", "pk")[:LOG_LIMIT]:
        yield [
            entry("at", "Waktu", row.at),
            entry("label", "Yang terjadi", row.label),
            entry("actor_name", "Oleh", row.actor_name or "Sistem"),
            entry("comment", "Catatan", row.comment),
        ]


def _messages(person):
    addresses = {person.email, person.user.email if person.user else ""} - {""}
    for row in Message.objects.filter(recipient__in=addresses).order_by("pk"):
        yield describe(row, ("recipient", "subject", "created_at", "sent_at"))


def _notices(person):
    if person.user is not None:
        for row in Notice.objects.filter(user=person.user).order_by("pk"):
            yield describe(row, ("created_at", "title", "body", "read_at"))


def _episodes(person):
    for row in m.Episode.objects.filter(jobseeker=person).order_by("pk"):
        events = ", ".join(f"{event.get_kind_display()} {event.on.isoformat()}" for event in row.events.all())
        yield [
            *describe(
                row,
                (
                    "opened_on",
                    "closed_on",
                    "sex",
                    "birth_date",
                    "age_group",
                    "education",
                    "village",
                    "occupation_group",
                ),
            ),
            entry("events", "Peristiwa", events),
        ]


def _proposals(person):
    rows = m.AK1Application.objects.filter(jobseeker=person, proposal__isnull=False)
    for row in rows.select_related("jobseeker", "proposal__photo"):
        told = proposals.changes(proposals.shown(row))
        yield [entry("reference", "Nomor permohonan", row.reference)] + [
            entry(name, label, text) for name, label, text in told
        ]


def _institution(row) -> str:
    found = Institution.objects.filter(pk=row.via_institution_id).first() if row.via_institution_id else None
    return found.name if found else ""


register_my_data("identity", "Data diri", tables=(m.JobSeeker,), collect=_identity, order=1)
register_my_data("account", "Akun", collect=_account, order=2)
for _order, (_key, _title, _model, _names) in enumerate(
    (
        ("skills", "Keterampilan", m.Skill, ("name", "level")),
        ("languages", "Bahasa", m.Language, ("name", "level")),
        ("work", "Pengalaman kerja", m.WorkHistory,
         ("employer", "occupation", "started_on", "ended_on", "duties")),
        ("courses", "Riwayat pelatihan", m.TrainingHistory, ("name", "provider", "year", "certificate_no")),
        ("wishes", "Jabatan yang diinginkan", m.DesiredOccupation, ("occupation",)),
    ),
    start=4,
):  # fmt: skip
    register_my_data(_key, _title, tables=(_model,), collect=_of(_model, _names), order=_order)
register_my_data(
    "schooling",
    "Riwayat pendidikan",
    tables=(m.Schooling,),
    collect=_of(
        m.Schooling,
        ("level", "school", "major", "graduated", "grade"),
        ipk_code=("Kode IPK", lambda row: str(row.ipk_code) if row.ipk_code_id else ""),
    ),
    order=3,
)
register_my_data("needs", "Kebutuhan akomodasi", tables=(m.AccommodationNeed,), collect=_need, order=10)
register_my_data(
    "documents",
    "Dokumen yang diunggah",
    tables=(m.PersonDocument,),
    collect=_of(
        m.PersonDocument,
        ("kind", "printed_name", "uploaded_at", "state", "reason", "checked_at"),
        file=("Berkas", _file_facts),
    ),
    order=11,
)
register_my_data(
    "applications",
    "Permohonan AK-1",
    tables=(m.AK1Application,),
    collect=_of(
        m.AK1Application,
        ("kind", "reason", "origin", "state", "created_at", "submitted_at", "decided_at", "officer_note"),
        reference=("Nomor permohonan", lambda row: row.reference),
        via=("Dikirim lewat", _institution),
    ),
    order=12,
)
register_my_data(
    "proposals",
    "Perubahan data yang menunggu persetujuan",
    tables=(m.ProposedFacts,),
    collect=_proposals,
    order=12,
)
register_my_data(
    "interviews",
    "Wawancara AK/II",
    tables=(m.Interview,),
    collect=_of(m.Interview, ("held_on", "notes")),
    order=13,
)
register_my_data(
    "cards",
    "Kartu AK-1",
    tables=(m.AK1Card,),
    collect=_of(
        m.AK1Card,
        ("number", "kind", "issued_on", "valid_until", "state", "ended_on", "removal_reason", "officer_name",
         "print_count"),
    ),
    order=14,
)  # fmt: skip
register_my_data(
    "episodes",
    "Masa terdaftar sebagai pencari kerja",
    tables=(m.Episode, m.EpisodeCell),
    collect=_episodes,
    order=15,
)
register_my_data(
    "reports",
    "Laporan enam bulanan",
    tables=(m.HolderReport,),
    collect=_of(
        m.HolderReport,
        ("slot", "on", "late", "status", "employer_name", "employer_local", "occupation", "since", "channel"),
    ),
    order=16,
)
register_my_data(
    "links",
    "Tautan sekali pakai yang dikirim kepada Anda",
    tables=(m.OneTimeLink,),
    collect=_of(m.OneTimeLink, ("purpose", "sent_at", "expires_at", "used_at")),
    order=17,
)
register_my_data(
    "visits",
    "Kunjungan ke loket",
    tables=(m.VisitBooking,),
    collect=_of(m.VisitBooking, ("slot", "purpose", "state", "reminded_at", "settled_at")),
    order=18,
)
register_my_data(
    "consents",
    "Persetujuan",
    tables=(m.Consent,),
    collect=_of(m.Consent, ("text", "given_at", "channel", "withdrawn_at")),
    order=80,
)
register_my_data(
    "requests",
    "Permintaan atas data pribadi",
    tables=(m.DataRequest,),
    collect=_of(m.DataRequest, ("kind", "text", "made_at", "due_at", "state", "answer", "answered_at")),
    order=81,
)
register_my_data("messages", "E-mail yang kami kirim", collect=_messages, order=82)
register_my_data("notices", "Kabar di situs", collect=_notices, order=83)
register_my_data("log", "Riwayat perubahan data", collect=_log, order=84)
register_my_data("looks", "Siapa yang melihat data Anda", collect=_looks, order=90)
