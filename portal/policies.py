"""What the office promises: how long a file may wait before it is shown in red."""

from core.policies import Policy, register

REPORT_SERVICE_DAYS = register(
    Policy(
        "placement_service_days",
        5,
        "Batas pemeriksaan laporan penempatan (hari kerja)",
        "Laporan yang menunggu lebih lama ditandai merah di beranda petugas.",
        minimum=1,
        maximum=30,
    )
)
VACANCY_SERVICE_DAYS = register(
    Policy(
        "vacancy_service_days",
        2,
        "Batas pemeriksaan lowongan (hari kerja)",
        "Lowongan yang menunggu lebih lama ditandai merah di beranda petugas.",
        minimum=1,
        maximum=30,
    )
)
ENROLMENT_SERVICE_DAYS = register(
    Policy(
        "enrolment_service_days",
        5,
        "Batas keputusan pendaftaran pelatihan (hari kerja)",
        "Pendaftaran yang menunggu lebih lama ditandai merah di beranda petugas.",
        minimum=1,
        maximum=30,
    )
)
