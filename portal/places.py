"""The places of the office's lists that homes and menus lead to; a place that is not installed is left out."""

from jobseekers.policies import SERVICE_DAYS as AK1_SERVICE_DAYS
from portal import policies
from portal.waiting import Waiting

APPLICATIONS_WAITING = Waiting(
    "permohonan-ak1",
    "jobseekers:application_list",
    "menunggu",
    since="submitted_at",
    limit=AK1_SERVICE_DAYS,
)
APPLICATIONS_RETURNED = Waiting("permohonan-ak1", "jobseekers:application_list", "dikembalikan")
LEAVERS = Waiting("lulusan-bkk-kami", "jobseekers:leaver_list")
LEAVERS_WAITING = Waiting("lulusan-bkk-kami", "jobseekers:leaver_list", "menunggu")
CARDS = Waiting("kartu-ak1", "jobseekers:card_list")
HOLDER_REPORTS = Waiting("laporan-pemegang-kartu", "jobseekers:holder_report_list")
CARDS_LATE = Waiting("kartu-ak1", "jobseekers:card_list", "terlambat-lapor")
VISITS_TODAY = Waiting("kunjungan", "jobseekers:visit_list", "hari-ini")
PEOPLE = Waiting("pencari-kerja", "jobseekers:person_list")
PEOPLE_UNVERIFIED = Waiting("pencari-kerja", "jobseekers:person_list", "unverified")

REPORTS_WAITING = Waiting(
    "laporan-penempatan",
    "placements:report_list",
    "menunggu",
    sort="reported_on",
    since="reported_on",
    limit=policies.REPORT_SERVICE_DAYS,
)
SELF_REPORTS_WAITING = Waiting(
    "kabar-bekerja",
    "placements:self_report_list",
    "menunggu",
    since="told_on",
    limit=policies.REPORT_SERVICE_DAYS,
)
REPORTS_SENT = Waiting("laporan-penempatan", "placements:report_list", "menunggu")
REPORTS = Waiting("laporan-penempatan", "placements:report_list")
REPORTS_REJECTED = Waiting("laporan-penempatan", "placements:report_list", "ditolak")
REPORTS_VERIFIED = Waiting("laporan-penempatan", "placements:report_list", "terverifikasi")
PLACEMENTS = Waiting("penempatan", "placements:placement_list")

VACANCIES = Waiting("kelola-lowongan", "employers:vacancy_list")
VACANCIES_WAITING = Waiting(
    "kelola-lowongan",
    "employers:vacancy_list",
    "periksa",
    since="updated_at",
    limit=policies.VACANCY_SERVICE_DAYS,
)
VACANCIES_SENT = Waiting("kelola-lowongan", "employers:vacancy_list", "periksa")
VACANCIES_SHOWN = Waiting("kelola-lowongan", "employers:vacancy_list", "tayang")
COMPANIES = Waiting("perusahaan", "employers:company_list")
COMPANY_REPORTS = Waiting("laporan-perusahaan", "employers:report_list")
FOREIGN_WORKERS = Waiting("tenaga-kerja-asing", "employers:foreign_worker_list")

COHORTS = Waiting("angkatan-pelatihan", "training:cohort_list")
COHORTS_RUNNING = Waiting("angkatan-pelatihan", "training:cohort_list", params=(("keadaan", "RUNNING"),))
COHORTS_OPEN = Waiting("angkatan-pelatihan", "training:cohort_list", params=(("keadaan", "OPEN"),))
ENROLMENTS = Waiting("peserta-pelatihan", "training:enrolment_list")
ENROLMENTS_WAITING = Waiting(
    "peserta-pelatihan",
    "training:enrolment_list",
    "putuskan",
    since="created_at",
    limit=policies.ENROLMENT_SERVICE_DAYS,
)
RESULTS_WAITING = Waiting("peserta-pelatihan", "training:enrolment_list", "nilai")
CERTIFICATES = Waiting("sertifikat-pelatihan", "training:certificate_list")
PROGRAMMES = Waiting("program-pelatihan", "training:programme_list")
PROVIDERS = Waiting("lembaga-pelatihan", "training:provider_list")

CASES = Waiting("perselisihan", "disputes:case_list")
CASES_OPEN = Waiting("perselisihan", "disputes:case_list", "berjalan", sort="due_on")
CASES_MINE = Waiting("perselisihan", "disputes:case_list", "saya", sort="due_on")
CASES_UNASSIGNED = Waiting("perselisihan", "disputes:case_list", "limpah", sort="registered_on")
DEADLINES = Waiting("tenggat-perselisihan", "disputes:deadline_list")
DEADLINES_LATE = Waiting("tenggat-perselisihan", "disputes:deadline_list", "lewat")

ACTIVITIES = Waiting("kegiatan", "activities:activity_list")

DATA_REQUESTS = Waiting("permintaan-data", "jobseekers:data_request_list", "menunggu")
DATA_REQUESTS_LATE = Waiting("permintaan-data", "jobseekers:data_request_list", "lewat")
BREACHES = Waiting("kegagalan-data", "jobseekers:breach_list", "ditangani")
BREACHES_ALL = Waiting("kegagalan-data", "jobseekers:breach_list")
CLAIMS_WAITING = Waiting("klaim-nik", "accounts:claims", "menunggu")
USERS = Waiting("pengguna", "accounts:users")
USERS_OFF = Waiting("pengguna", "accounts:users", "mati")
MEMBERSHIPS = Waiting("keanggotaan", "accounts:memberships", "berlaku")
INSTITUTIONS = Waiting("lembaga", "accounts:institutions")
