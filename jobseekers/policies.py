"""What the office decides about the AK-1 card; the agency profile holds the answers."""

from core.policies import Policy, register

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
    )
)
