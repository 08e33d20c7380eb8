"""What the rules are called for a reader."""

TITLES = {
    "R1": "Satu hal, satu angka",
    "R2": "Jumlah sama dengan rinciannya",
    "R3": "Persentase sesuai bagiannya",
    "R4": "Capaian dan rata-rata sesuai rumusnya",
    "R5": "Efisiensi dari angka yang belum dibulatkan",
    "R6": "Target sama di semua dokumen",
    "R7": "Predikat sesuai nilainya",
    "R8": "Yang direncanakan dilaporkan",
    "R9": "Bagian tidak melebihi keseluruhan",
    "R10": "Target bukan angka yang disesuaikan",
    "R11": "Nama, satuan, dan rumus tetap",
    "R12": "Jumlah yang disebut sesuai yang ada",
    "R13": "Tahun sesuai tahun laporan",
    "R14": "Angka dapat ditelusuri",
    "R15": "Arah kata sesuai tanda angka",
    "R16": "Penulisan angka seragam",
    "R18": "Statistik sama dengan laporan lain",
    "R19": "Target triwulan hanya untuk yang dijumlahkan",
    "R20": "Ada anggaran bila ada keluaran",
    "R21": "Kolom kinerja bukan salinan kolom keuangan",
}
