"""The homes of people and institutions outside the office."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.permissions import institutions_of
from core import clock, formats
from core.listing import Link
from employers.models import Company
from employers.selectors import current_report, newest_vacancies
from jobseekers.enums import ApplicationState
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.selectors import current_card, ended_card, queue_position
from messaging.models import Notice
from portal import places
from portal.homes.parts import Box, Home, Line, card, link, present, queue
from training.selectors import next_trainings


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _notices(user: Any) -> Box | None:
    rows = Notice.objects.visible_to(user).unread().order_by("-created_at")[:4]
    lines = [
        Line(row.title, url=_url("messaging:notices"), note=formats.datetime_long(row.created_at))
        for row in rows
    ]
    return Box("Kabar baru", lines, kind="list") if lines else None


def _lead(kind: str, title: str, text: str, action: Link | None) -> dict[str, Any]:
    return {"kind": kind, "title": title, "text": text, "action": action}


def _application_lead(application: AK1Application) -> dict[str, Any] | None:
    here = link("Lihat permohonan", "jobseekers:my_application", application.uid)
    if application.state == ApplicationState.RETURNED:
        mend = link("Perbaiki permohonan", "jobseekers:my_application", application.uid)
        return _lead("bad", "Permohonan perlu Anda perbaiki", application.officer_note, mend)
    if application.state == ApplicationState.DRAFT:
        go_on = link("Lanjutkan permohonan", "jobseekers:my_application", application.uid)
        text = "Jawaban Anda tersimpan. Lanjutkan dari bagian yang belum selesai, lalu kirim."
        return _lead("warn", "Permohonan belum dikirim", text, go_on)
    if application.state == ApplicationState.SUBMITTED:
        place, length = queue_position(application)
        text = f"Nomor {place} dari {length} dalam antrean. Kami kabari setelah diperiksa petugas."
        return _lead("", "Permohonan sedang diperiksa", text, here)
    return None


def _card_box(owned: AK1Card) -> Box:
    lines = [
        Line("Nomor", owned.number_grouped),
        Line("Berlaku sampai", formats.date_long(owned.valid_until)),
    ]
    due = next((day for day in owned.report_days if day >= clock.today()), None)
    if due:
        lines.append(Line("Lapor berikutnya", formats.date_long(due)))
    return Box("Kartu AK-1 Anda", lines, url=_url("jobseekers:my_card", owned.uid), url_label="Buka kartu")


def _ended_box(ended: AK1Card) -> Box:
    """The card that holds no longer: stays in sight while a new one is asked for."""
    lines = [Line("Nomor", ended.number_grouped), Line("Keadaan", ended.end_words)]
    return Box(
        "Kartu AK-1 terakhir", lines, url=_url("jobseekers:my_card", ended.uid), url_label="Lihat kartunya"
    )


def _vacancy_box() -> Box | None:
    lines = [
        Line(row.title, url=_url("employers:public_vacancy", row.uid), note=row.company.name)
        for row in newest_vacancies(4)
    ]
    if not lines:
        return None
    return Box("Lowongan terbaru", lines, "list", "", _url("employers:public_vacancies"), "Semua lowongan")


def _training_box() -> Box | None:
    lines = [
        Line(
            row.programme.name,
            url=_url("training:public_training", row.uid),
            note=f"mulai {formats.date_long(row.starts_on)}, sisa {row.seats_left} kursi",
        )
        for row in next_trainings(4)
    ]
    if not lines:
        return None
    return Box("Pelatihan dibuka", lines, "list", "", _url("training:public_trainings"), "Semua pelatihan")


def _seeker_lead(
    application: AK1Application | None, owned: AK1Card | None, ended: AK1Card | None
) -> dict[str, Any] | None:
    """The one thing to do first."""
    if application is not None:
        return _application_lead(application)
    if owned is None and ended is not None:
        text = f"{ended.end_words}. Bila Anda masih mencari kerja, ajukan kartu lagi. Bila keliru, hubungi loket."
        return _lead(
            "warn", "Kartu AK-1 Anda tidak berlaku lagi", text, link("Kartu AK-1", "jobseekers:my_ak1")
        )
    if owned is None:
        return _lead(
            "",
            "Anda belum punya kartu AK-1",
            "Kartu kuning pencari kerja. Isi data, ambil foto dengan ponsel, lalu kirim. Gratis.",
            link("Buat kartu AK-1", "jobseekers:my_ak1"),
        )
    return _lead(
        "ok",
        "Kartu AK-1 Anda berlaku",
        "Tidak ada yang perlu Anda lakukan sekarang. Bila sudah bekerja, laporkan dari halaman kartu.",
        link("Buka kartu", "jobseekers:my_card", owned.uid),
    )


def jobseeker(user: Any) -> Home:
    """The card first: what to mend, to finish, to report; then new vacancies and trainings."""
    person = JobSeeker.objects.living().filter(user=user).first()
    application = AK1Application.objects.open().filter(jobseeker=person).first() if person else None
    owned = current_card(person) if person else None
    ended = ended_card(person) if person and owned is None else None
    held = _card_box(owned) if owned else _ended_box(ended) if ended else None
    home = Home(
        lead=_seeker_lead(application, owned, ended),
        boxes=present([held, _notices(user), _vacancy_box(), _training_box()]),
    )
    own = queue("Pelatihan saya", places.ENROLMENTS, user, ("programme", "cohort", "state", "result"), rows=5)
    if own is not None and own.count:
        home.queues.append(own)
    return home


def company_operator(user: Any) -> Home:
    """The yearly report of the company and its vacancies."""
    company = Company.objects.visible_to(user).filter(institution__in=institutions_of(user)).first()
    home = Home(
        cards=present(
            [
                card("Lowongan kami", places.VACANCIES, user, "semua keadaan"),
                card("Menunggu pemeriksaan", places.VACANCIES_SENT, user, "oleh petugas"),
                card("Tayang", places.VACANCIES_SHOWN, user, "terbuka untuk umum"),
                card("Tenaga kerja asing", places.FOREIGN_WORKERS, user, "yang tercatat"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Lowongan kami",
                    places.VACANCIES,
                    user,
                    ("title", "openings", "closes_on", "state"),
                    rows=6,
                )
            ]
        ),
        boxes=present([_notices(user)]),
    )
    if company is not None:
        report = current_report(company)
        action = link("Isi laporan tahunan", "employers:report_new", company.uid)
        if report is None:
            home.lead = _lead(
                "warn",
                "Laporan ketenagakerjaan belum ada",
                "Isi jumlah pekerja, BPJS, upah, dan peraturan perusahaan tahun ini.",
                action,
            )
        else:
            facts = [
                Line("Berlaku sejak", formats.date_long(report.valid_from)),
                Line("Pekerja", formats.number(report.workers_total)),
                Line("Peserta BPJS", formats.number(report.bpjs_members)),
            ]
            home.boxes.insert(
                0, Box("Laporan tahunan", facts, url=action.url if action else "", url_label="Perbarui")
            )
    return home


def training_operator(user: Any) -> Home:
    """The provider's cohorts, participants and placements."""
    return Home(
        main=link("Laporkan penempatan", "placements:report_new"),
        cards=present(
            [
                card("Angkatan kami", places.COHORTS, user, "semua tahun"),
                card("Sedang berlangsung", places.COHORTS_RUNNING, user, "angkatan"),
                card("Peserta", places.ENROLMENTS, user, "semua angkatan"),
                card("Laporan penempatan", places.REPORTS_SENT, user, "menunggu pemeriksaan"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Angkatan kami",
                    places.COHORTS,
                    user,
                    ("programme", "name", "cohort", "starts_on", "state"),
                    rows=6,
                )
            ]
        ),
        boxes=present([_notices(user)]),
    )


def reporting_operator(user: Any) -> Home:
    """BKK and P3MI: what they reported and what became of it."""
    return Home(
        main=link("Laporkan penempatan", "placements:report_new"),
        cards=present(
            [
                card("Menunggu pemeriksaan", places.REPORTS_SENT, user, "di meja pengantar kerja"),
                card("Terverifikasi", places.REPORTS_VERIFIED, user, "masuk angka dinas"),
                card("Ditolak", places.REPORTS_REJECTED, user, "lihat alasannya", alert_when_any=True),
                card("Semua laporan", places.REPORTS, user, "sejak awal"),
                card("Draf lulusan", places.LEAVERS_WAITING, user, "menunggu konfirmasi mereka"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Laporan kami",
                    places.REPORTS,
                    user,
                    ("name", "person", "jobseeker", "employer", "started_on", "reported_on", "state"),
                )
            ]
        ),
        boxes=present([_notices(user)]),
    )


def union_operator(user: Any) -> Home:
    """A union has its file and its news here; cases are taken in by a mediator."""
    lines = [Line("Nama", row.name) for row in institutions_of(user)]
    relations = link("Cara mencatat perselisihan", "portal:relations")
    return Home(
        boxes=present([Box("Serikat kami", lines), _notices(user)]),
        lead=_lead(
            "",
            "Tidak ada yang menunggu Anda",
            "Pencatatan perselisihan dilakukan mediator. Bawa surat permohonan dan risalah bipartit ke kantor kami.",
            relations,
        ),
    )
