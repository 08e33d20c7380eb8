"""What an office may decide about placements."""

from core.policies import Policy, register

MIGRANT_AGE = register(
    Policy(
        "migrant_minimum_age",
        18,
        "Umur paling muda pekerja migran (tahun)",
        "Laporan CPMI untuk orang yang lebih muda ditolak. Bawaan 18 (UU 18/2017 Pasal 5).",
        minimum=18,
        maximum=30,
    )
)
