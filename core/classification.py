"""Occupations (KBJI) and industries (KBLI): looking a code up, and following it into the next version."""

from dataclasses import dataclass

from core import job_words
from core.models.reference import ClassificationCode, ClassificationMapping, Scheme

KBJI_2014, KBJI_2026, KBLI_2020 = "KBJI2014", "KBJI2026", "KBLI2020"

NOTES = {
    KBJI_2014: "KBJI 2014 (BPS dan Kemnaker). Judul golongan 833 dibetulkan menurut teks publikasi.",
    KBJI_2026: (
        "KBJI 2026 (Peraturan BPS 7/2026), tingkat 1 sampai 4. Tabelnya memuat 447 subgolongan; "
        "narasi publikasinya menyebut 449."
    ),
    KBLI_2020: "KBLI 2020 (Peraturan BPS 2/2020). Data NIB sebelum 2026 memakai versi ini.",
}


@dataclass(frozen=True)
class Mapped:
    """Where a code is in the other version: None when it is gone. `note` says what changed, or is empty."""

    code: str | None
    note: str


def codes(scheme_version: str):
    """Return the codes of one scheme and version ("KBLI2020")."""
    return ClassificationCode.objects.filter(scheme=scheme_version[:4], version=scheme_version[4:])


def lookup(scheme_version: str, code: str) -> ClassificationCode | None:
    """Return one code of one scheme and version; None when the version has no such code."""
    return codes(scheme_version).filter(code=code).first()


def search(
    scheme_version: str, words: str, *, least_level: int = 4, limit: int = 30
) -> list[ClassificationCode]:
    """Return the codes whose titles fit the words as people say them (`core.job_words`), best first.

    `least_level` leaves out the broad groups. Less than three letters find nothing.
    """
    if max(map(len, job_words.words_of(words)), default=0) < 3:
        return []
    rows = codes(scheme_version).filter(level__gte=least_level)
    best = job_words.rank(words, rows.order_by("code").values_list("code", "title"))[:limit]
    found = {row.code: row for row in rows.filter(code__in=best)}
    return [found[code] for code in best]


def mapped(
    code: str, *, scheme: Scheme = Scheme.KBJI, from_version: str = "2014", to_version: str = "2026"
) -> Mapped:
    """Follow `code` from one version into the next.

    A listed difference decides. Otherwise the same code, or where the newer list is not published that deep,
    the nearest group above it.
    """
    listed = ClassificationMapping.objects.filter(
        scheme=scheme, from_version=from_version, to_version=to_version
    ).exclude(from_code="")
    for row in sorted(listed, key=lambda row: -len(row.from_code)):
        if code == row.from_code or (code.startswith(row.from_code) and len(code) > len(row.from_code)):
            return Mapped(row.to_code or None, row.note)
    known = set(codes(f"{scheme}{to_version}").values_list("code", flat=True))
    for length in range(len(code), 0, -1):
        group = code[:length].rstrip(".")
        if group in known:
            return Mapped(
                group,
                "" if group == code else f"Judul sedalam {code} belum terbit; dipakai golongan {group}.",
            )
    return Mapped(None, f"Kode {code} tidak ada di {scheme} {to_version}.")
