"""The homes of the office's own roles."""

from typing import Any

from django.urls import reverse

from core import audit, clock, formats
from core.listing import Link
from core.models.audit import AuditEvent
from core.models.job import Job, JobState
from jobseekers.models import JobSeeker
from lkip.figures import compute
from lkip.permissions import can_see_evidence
from lkip.selectors import iku_summary, report_years, year_at_hand
from portal import places
from portal.homes.parts import (
    Box,
    Card,
    Home,
    Line,
    card,
    download_box,
    link,
    month_so_far,
    number_box,
    present,
    queue,
    year_so_far,
)

OFFICE_NUMBERS = (
    ("Kartu AK-1 terbit", "jobseekers.ak1_cards"),
    ("Laporan penempatan", "placements.placement_reports"),
    ("Orang ditempatkan", "placements.placed_persons"),
    ("Peserta pelatihan", "training.trainees"),
    ("Perkara dicatat", "disputes.registered"),
)


def placement_officer(user: Any) -> Home:
    """Applications, reports, vacancies and claims that wait for a check."""
    first = places.APPLICATIONS_WAITING.page(user, 1)
    start = Link("Mulai memeriksa", first.rows[0].url) if first is not None and first.rows else None
    return Home(
        actions=present([link("Daftarkan di loket", "jobseekers:desk")]),
        main=start,
        cards=present(
            [
                card("Verifikasi AK-1", places.APPLICATIONS_WAITING, user, "tidak ada yang menunggu"),
                card("Laporan penempatan", places.REPORTS_WAITING, user, "tidak ada yang menunggu"),
                card("Lowongan diperiksa", places.VACANCIES_WAITING, user, "tidak ada yang menunggu"),
                card("Klaim NIK", places.CLAIMS_WAITING, user, "nomor yang diakui dua orang"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Paling lama menunggu",
                    places.APPLICATIONS_WAITING,
                    user,
                    ("name", "village", "submitted_at"),
                ),
                queue(
                    "Laporan penempatan",
                    places.REPORTS_WAITING,
                    user,
                    ("name", "person", "jobseeker", "channel", "employer", "institution"),
                    rows=5,
                ),
            ]
        ),
        boxes=present([number_box("Bulan ini", month_so_far(), OFFICE_NUMBERS[:3]), download_box(user)]),
    )


def training_officer(user: Any) -> Home:
    """Applications to trainings, results that are missing, cohorts that run."""
    return Home(
        cards=present(
            [
                card("Menunggu keputusan", places.ENROLMENTS_WAITING, user, "pendaftar pelatihan"),
                card("Menunggu hasil", places.RESULTS_WAITING, user, "peserta yang sedang berlatih"),
                card("Pendaftaran dibuka", places.COHORTS_OPEN, user, "angkatan"),
                card("Sedang berlangsung", places.COHORTS_RUNNING, user, "angkatan"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Pendaftar paling lama menunggu",
                    places.ENROLMENTS_WAITING,
                    user,
                    ("name", "person", "jobseeker", "programme", "cohort"),
                ),
                queue(
                    "Angkatan yang berlangsung",
                    places.COHORTS_RUNNING,
                    user,
                    ("programme", "name", "cohort", "starts_on", "ends_on"),
                    rows=5,
                ),
            ]
        ),
        boxes=present(
            [
                number_box(
                    "Tahun ini",
                    year_so_far(),
                    (
                        ("Peserta selesai", "training.trainees"),
                        ("Kompeten", "training.competent"),
                        ("Sertifikat", "training.certificates"),
                    ),
                ),
                download_box(user),
            ]
        ),
    )


def fair_officer(user: Any) -> Home:
    """Vacancies that are shown and job fair reports that wait."""
    return Home(
        actions=present([link("Catat kegiatan", "activities:activity_new")]),
        cards=present(
            [
                card("Lowongan tayang", places.VACANCIES_SHOWN, user, "siap dibawa ke bursa kerja"),
                card("Lowongan diperiksa", places.VACANCIES_WAITING, user, "menunggu pengantar kerja"),
                card("Laporan penempatan", places.REPORTS_WAITING, user, "menunggu pemeriksaan"),
                card("Kegiatan tercatat", places.ACTIVITIES, user, "seluruh buku kegiatan"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Lowongan yang tayang",
                    places.VACANCIES_SHOWN,
                    user,
                    ("title", "company", "openings", "published_on", "closes_on"),
                ),
                queue("Kegiatan terakhir", places.ACTIVITIES, user, ("title", "kind", "held_on"), rows=5),
            ]
        ),
        boxes=present([number_box("Tahun ini", year_so_far(), OFFICE_NUMBERS[:3]), download_box(user)]),
    )


def mediator(user: Any) -> Home:
    """The legal clock: own cases, terms that run, cases without a mediator."""
    return Home(
        main=link("Catat perselisihan", "disputes:case_new"),
        cards=present(
            [
                card("Perkara saya", places.CASES_MINE, user, "yang masih berjalan"),
                card("Tenggat lewat", places.DEADLINES_LATE, user, "semua tepat waktu", alert_when_any=True),
                card("Tenggat berjalan", places.DEADLINES, user, "terdekat di atas"),
                card("Belum dilimpahkan", places.CASES_UNASSIGNED, user, "menunggu mediator"),
            ]
        ),
        queues=present(
            [
                queue("Tenggat terdekat", places.DEADLINES, user, ("case", "term", "company", "due_on")),
                queue(
                    "Perkara saya", places.CASES_MINE, user, ("number", "company", "due_on", "state"), rows=5
                ),
            ]
        ),
        boxes=present(
            [
                number_box(
                    "Tahun ini",
                    year_so_far(),
                    (("Perkara dicatat", "disputes.registered"), ("Perkara selesai", "disputes.settled")),
                ),
                download_box(user),
            ]
        ),
    )


def section_head(user: Any) -> Home:
    """What is late or not handed out in the section."""
    return Home(
        main=link("Buka LKIP", "lkip:index"),
        cards=present(
            [
                card("Belum dilimpahkan", places.CASES_UNASSIGNED, user, "perkara tanpa mediator"),
                card("Tenggat lewat", places.DEADLINES_LATE, user, "semua tepat waktu", alert_when_any=True),
                card("Verifikasi AK-1", places.APPLICATIONS_WAITING, user, "di meja pengantar kerja"),
                card("Lowongan diperiksa", places.VACANCIES_WAITING, user, "tidak ada yang menunggu"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Perkara tanpa mediator",
                    places.CASES_UNASSIGNED,
                    user,
                    ("number", "company", "registered_on", "due_on"),
                    rows=5,
                ),
                queue(
                    "Tenggat terdekat", places.DEADLINES, user, ("case", "term", "mediator", "due_on"), rows=5
                ),
            ]
        ),
        boxes=present([number_box("Tahun ini", year_so_far(), OFFICE_NUMBERS), download_box(user)]),
    )


def _report_cards(user: Any) -> tuple[list[Card], list[Box]]:
    """The report year at hand: how it stands, and what its checks found."""
    year = year_at_hand()
    if year is None:
        return [], []
    figures, address = compute(year), reverse("lkip:year", args=[year])
    summary = iku_summary(figures)
    waiting = f"{summary['waiting']} menunggu nilai" if summary["waiting"] else "semua sudah bernilai"
    errors = sum(1 for finding in figures.findings if finding.severity == "ERROR")
    cards = [
        Card(f"IKU tercapai {year}", f"{summary['reached']} dari {summary['total']}", address, waiting),
        Card(
            "Serapan anggaran",
            formats.percent(figures.total.absorption),
            reverse("lkip:budget", args=[year]),
            f"sisa {formats.rupiah(figures.total.remaining)}",
        ),
        Card(
            "Temuan",
            formats.number(len(figures.findings)),
            f"{address}#temuan",
            f"{errors} galat" if errors else "tanpa galat",
            bool(errors),
        ),
        Card(
            "Angka dihitung", formats.number(len(figures.all())), address, "dari rekaman, anggaran, statistik"
        ),
    ]
    lines = [
        Line(finding.title, note=finding.get_severity_display(), url=f"{address}#temuan")
        for finding in figures.findings[:4]
    ]
    return cards, [
        Box("Temuan terbaru", lines, kind="list", url=f"{address}#temuan", url_label="Semua temuan")
    ]


def planner(user: Any) -> Home:
    """The report year: what is reached, what its checks found."""
    cards, boxes = _report_cards(user)
    return Home(
        main=link("Buka LKIP", "lkip:index"),
        cards=cards,
        queues=present([queue("Kegiatan terakhir", places.ACTIVITIES, user, ("title", "kind", "held_on"))]),
        boxes=[
            *boxes,
            *present([number_box("Tahun ini", year_so_far(), OFFICE_NUMBERS), download_box(user)]),
        ],
    )


def reviewer(user: Any) -> Home:
    """The figures that are to be reviewed, with their findings."""
    cards, boxes = _report_cards(user)
    note = (
        "Setiap angka membuka rekaman di baliknya; nama di sana disamarkan."
        if can_see_evidence(user)
        else "Rekaman di balik angka tidak terbuka untuk peran Anda."
    )
    years = report_years()
    lines = [Line(f"LKIP {year}", url=reverse("lkip:year", args=[year])) for year in years]
    return Home(
        main=link("Mulai mereviu", "lkip:index"),
        cards=cards,
        boxes=[*boxes, Box("Tahun laporan", lines, kind="list", note=note)],
    )


def agency_head(user: Any) -> Home:
    """The office at a glance: targets, money, what is late."""
    cards, boxes = _report_cards(user)
    late = present(
        [
            card("Verifikasi AK-1", places.APPLICATIONS_WAITING, user, "tidak ada yang menunggu"),
            card("Lowongan tayang", places.VACANCIES_SHOWN, user, "terbuka untuk umum"),
            card("Pendaftaran dibuka", places.COHORTS_OPEN, user, "angkatan pelatihan"),
            card("Penempatan", places.PLACEMENTS, user, "seluruh buku penempatan"),
        ]
    )
    return Home(
        main=link("Buka LKIP", "lkip:index"),
        cards=[*cards, *late],
        boxes=[*present([number_box("Tahun ini", year_so_far(), OFFICE_NUMBERS)]), *boxes],
    )


def administrator(user: Any) -> Home:
    """Accounts, claims and the machine room."""
    failed = Job.objects.filter(state=JobState.FAILED)
    lines = [
        Line("Pekerjaan gagal", formats.number(failed.count())),
        Line("Pekerjaan menunggu", formats.number(Job.objects.filter(state=JobState.QUEUED).count())),
    ]
    return Home(
        main=link("Undang pengguna", "accounts:user_invite"),
        cards=present(
            [
                card("Klaim NIK", places.CLAIMS_WAITING, user, "nomor yang diakui dua orang"),
                card("Pengguna", places.USERS, user, "semua akun"),
                card("Akun tidak aktif", places.USERS_OFF, user, "tidak bisa masuk"),
                card("Lembaga", places.INSTITUTIONS, user, "perusahaan, LPK, BKK, P3MI, serikat"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Klaim NIK yang menunggu",
                    places.CLAIMS_WAITING,
                    user,
                    ("person", "name", "created_at", "state"),
                )
            ]
        ),
        boxes=present([Box("Pekerjaan latar", lines), download_box(user)]),
    )


def pdp_officer(user: Any) -> Home:
    """Who looked at personal data, and what waits to be decided about it."""
    since = month_so_far().start
    looks = AuditEvent.objects.filter(kind=audit.REVEALED).order_by("-at")
    opened = AuditEvent.objects.filter(kind=audit.OPENED, at__date__gte=since).count()
    exported = AuditEvent.objects.filter(kind=audit.EXPORTED, at__date__gte=since).count()
    shown = looks.filter(at__date__gte=since).count()
    erased = JobSeeker.objects.filter(erased_at__isnull=False).count()
    lines = [
        Line(event.actor_name or "Sistem", note=formats.datetime_long(clock.local(event.at)))
        for event in looks[:6]
    ]
    return Home(
        cards=present(
            [
                card("Permintaan data", places.DATA_REQUESTS, user, "dijawab dalam 3 × 24 jam"),
                card(
                    "Lewat tenggat", places.DATA_REQUESTS_LATE, user, "semua tepat waktu", alert_when_any=True
                ),
                card("Kegagalan ditangani", places.BREACHES, user, "tidak ada", alert_when_any=True),
                Card("NIK ditampilkan", formats.number(shown), note="bulan ini"),
            ]
        ),
        queues=present(
            [
                queue(
                    "Permintaan yang menunggu",
                    places.DATA_REQUESTS,
                    user,
                    ("kind", "name", "made_at", "due_at"),
                )
            ]
        ),
        boxes=[
            Box(
                "Bulan ini",
                [
                    Line("Berkas orang dibuka", formats.number(opened)),
                    Line("Ekspor data", formats.number(exported)),
                ],
            ),
            Box("NIK yang terakhir ditampilkan", lines, kind="list", note="" if lines else "Belum pernah."),
            Box("Penghapusan", [Line("Orang yang sudah dihapus", formats.number(erased))]),
        ],
    )
