"""What the office decides about the AK-1 card; the agency profile holds the answers."""

from core.policies import Policy, register
from jobseekers.enums import DocumentDemand, DocumentKind

VALIDITY_MONTHS = register(
    Policy(
        "ak1_validity_months",
        24,
        "Masa berlaku kartu AK-1 (bulan)",
        "Kartu berlaku selama ini sejak terbit. Bawaan 24, sesuai teks formulir AK/I.",
        minimum=6,
        maximum=60,
    )
)
RENEWAL_DAYS = register(
    Policy(
        "ak1_renewal_days",
        30,
        "Perpanjangan AK-1 paling awal (hari sebelum habis)",
        "Selama kartu masih berlaku lebih lama dari ini, permohonan perpanjangan belum diterima.",
        minimum=0,
        maximum=365,
    )
)
REPORT_WINDOW_DAYS = register(
    Policy(
        "ak1_report_window_days",
        14,
        "Laporan enam bulanan: hari sebelum dan sesudah jatuh tempo",
        "Pemegang kartu boleh melapor sebanyak hari ini sebelum sampai sesudah jatuh tempo.",
        minimum=0,
        maximum=90,
    )
)
SIGNATORY_NAME = register(
    Policy(
        "ak1_signatory_name",
        "",
        "Nama penanda tangan kartu AK-1",
        "Pengantar kerja yang namanya dicetak. Kosong: petugas yang menyetujui permohonan.",
    )
)
SIGNATORY_NIP = register(
    Policy(
        "ak1_signatory_nip",
        "",
        "NIP penanda tangan kartu AK-1",
        "Dicetak di bawah nama penanda tangan di atas.",
    )
)
PAPER = register(
    Policy(
        "ak1_paper",
        "white",
        "Kertas cetak kartu AK-1",
        "Kertas putih: warna kuning ikut dicetak. Kertas kuning: tanpa warna dasar.",
        options=("white", "yellow"),
        option_labels=("Putih", "Kuning"),
    )
)
PHOTO_BACKGROUND = register(
    Policy(
        "ak1_photo_background",
        "free",
        "Latar belakang pas foto",
        "Diberitahukan kepada pemohon; petugas yang menilai. Bawaan: bebas, asal polos.",
        options=("free", "red", "blue"),
        option_labels=("Bebas, asal polos", "Merah", "Biru"),
    )
)
_ALWAYS = (DocumentKind.KTP, DocumentKind.DIPLOMA)
_WHEN = {
    DocumentKind.DIPLOMA: " Tidak ditagih dari pemohon yang tidak tamat SD.",
    DocumentKind.LOSS_REPORT: " Hanya diminta untuk penggantian kartu yang hilang.",
}


def document_policy(kind: str) -> str:
    """Return the name of the policy that says whether a kind of document is demanded."""
    return f"ak1_document_{kind.lower()}"


DOCUMENTS = {
    kind: register(
        Policy(
            document_policy(kind),
            DocumentDemand.REQUIRED.value if kind in _ALWAYS else DocumentDemand.OPTIONAL.value,
            f"Dokumen permohonan AK-1: {kind.label}",
            "Wajib: permohonan daring tidak bisa dikirim tanpanya. Di loket petugas melihat aslinya."
            + _WHEN.get(kind, ""),
            options=tuple(DocumentDemand.values),
            option_labels=tuple(DocumentDemand.labels),
        )
    )
    for kind in DocumentKind
}
REJECTED_UPLOADS_DAYS = register(
    Policy(
        "retention_rejected_uploads_days",
        90,
        "Masa simpan unggahan pemohon yang ditolak (hari)",
        "Sesudah itu dokumennya dihapus. Sesuaikan dengan jadwal retensi arsip kota.",
        minimum=30,
        maximum=3650,
    )
)
FILE_YEARS = register(
    Policy(
        "retention_file_years",
        5,
        "Masa simpan berkas AK-1 sesudah masa mencari kerja berakhir (tahun)",
        "Sesudah itu berkas dianonimkan; hitungan statistik tetap.",
        minimum=1,
        maximum=30,
    )
)
DRAFT_DAYS = register(
    Policy(
        "retention_draft_days",
        90,
        "Masa simpan draf yang tidak dikirim (hari)",
        "Draf yang tidak disentuh selama ini dihapus.",
        minimum=7,
        maximum=365,
    )
)
LINK_DAYS = register(
    Policy(
        "retention_link_days",
        30,
        "Masa simpan catatan tautan sekali pakai (hari sesudah kedaluwarsa)",
        "Yang disimpan hanya sidik tautan.",
        minimum=1,
        maximum=365,
    )
)
SERVICE_DAYS = register(
    Policy(
        "ak1_service_days",
        1,
        "Batas pemeriksaan AK-1 (hari kerja)",
        "Permohonan yang menunggu lebih lama ditandai merah di beranda dan antrean petugas.",
        minimum=1,
        maximum=30,
    )
)
OFFICE_OPENS = register(
    Policy(
        "office_opens",
        8,
        "Jam buka pelayanan",
        "Jam, Senin sampai Jumat. Umur berkas di antrean dihitung dalam jam kerja sejak jam ini.",
        minimum=0,
        maximum=11,
    )
)
OFFICE_CLOSES = register(
    Policy(
        "office_closes",
        16,
        "Jam tutup pelayanan",
        "Jam, Senin sampai Jumat. Hari libur nasional, cuti bersama, dan hari libur kantor tidak dihitung.",
        minimum=12,
        maximum=24,
    )
)
DRAFT_LINK_DAYS = register(
    Policy(
        "ak1_draft_link_days",
        30,
        "Tautan konfirmasi dari BKK: masa berlaku (hari)",
        "Selama ini lulusan bisa membuka draf yang diunggah BKK-nya lewat tautan di e-mail.",
        minimum=3,
        maximum=90,
    )
)
VISIT_HORIZON_DAYS = register(
    Policy(
        "visit_horizon_days",
        14,
        "Kunjungan: dipesan paling jauh (hari ke depan)",
        "Pencari kerja memilih jam kunjungan paling lambat sebanyak hari ini dari sekarang.",
        minimum=1,
        maximum=90,
    )
)
