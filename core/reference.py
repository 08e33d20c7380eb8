"""Loading reference data from core/data/*.csv. Idempotent; an unchanged file is not read again."""

import csv
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import models, transaction

from core import calendar, clock
from core.errors import Refused
from core.models.reference import (
    ClassificationCode,
    ClassificationMapping,
    DecreedYear,
    EducationLevel,
    Holiday,
    HolidayKind,
    IpkEducationCode,
    MinimumWage,
    Nomenclature,
    NomenclatureLevel,
    ReferenceFile,
    Region,
    RegionAlias,
    RegionKind,
    RegionLevel,
)
from core.regions import folded

DATA = Path(__file__).parent / "data"
BATCH = 1000


class BadReferenceData(Refused):
    """A data file cannot be loaded; the message names the file, the line and the cause."""


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file with a heading line, values stripped."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            yield {key: (value or "").strip() for key, value in row.items()}


def _upsert(model: type[models.Model], objs: Iterable[models.Model], unique: list[str]) -> int:
    """Insert rows or renew those that the unique fields already name; return how many were given."""
    objs = list(objs)
    key = model._meta.pk.name
    renewed = [f.name for f in model._meta.concrete_fields if f.name not in unique and f.name != key]
    if renewed:
        model.objects.bulk_create(
            objs, batch_size=BATCH, update_conflicts=True, update_fields=renewed, unique_fields=unique
        )
    else:
        model.objects.bulk_create(objs, batch_size=BATCH, ignore_conflicts=True)
    return len(objs)


_REGION_KIND = {"kabupaten": RegionKind.REGENCY, "kota": RegionKind.CITY, "kelurahan": RegionKind.URBAN}


def _region(row: dict[str, str], level: RegionLevel, kind: str = "", until: dt.date | None = None) -> Region:
    code = row["kode"]
    return Region(
        code=code,
        name=row.get("nama") or row["nama_terakhir"],
        level=level,
        kind=kind,
        parent_id=code.rpartition(".")[0] or None,
        valid_until=until,
    )


def _provinces_and_cities(path: Path) -> int:
    provinces, cities = [], []
    for row in rows_of(path):
        if row["tingkat"] == "provinsi":
            provinces.append(_region(row, RegionLevel.PROVINCE))
        else:
            cities.append(_region(row, RegionLevel.REGENCY, _REGION_KIND[row["tingkat"]]))
    return _upsert(Region, provinces, ["code"]) + _upsert(Region, cities, ["code"])


def _districts(path: Path) -> int:
    return _upsert(Region, (_region(row, RegionLevel.DISTRICT) for row in rows_of(path)), ["code"])


def _villages(path: Path) -> int:
    villages = [
        _region(row, RegionLevel.VILLAGE, _REGION_KIND[row["tingkat"]])
        for row in rows_of(path)
        if row["tingkat"] == "kelurahan"
    ]
    return _upsert(Region, villages, ["code"])


def _spelled(name: str) -> str:
    """ "KAB. MERAUKE" -> "Kabupaten Merauke"."""
    words = name.title().split()
    return " ".join(["Kabupaten" if words[0] == "Kab." else words[0], *words[1:]])


def _former_codes(path: Path) -> int:
    """Codes that are gone, kept with the end of the last year whose list has them.

    Linked to the successor where exactly one present region has the name (for a district: in the successor of
    its old regency).
    """
    regencies, districts, aliases = [], [], []
    by_name = {
        folded(name): code
        for code, name in Region.objects.current()
        .filter(level=RegionLevel.REGENCY)
        .values_list("code", "name")
    }
    present: dict[tuple[str, str], list[str]] = {}
    for code, name in Region.objects.current().filter(level=RegionLevel.DISTRICT).values_list("code", "name"):
        present.setdefault((code[:5], folded(name)), []).append(code)
    for row in rows_of(path):
        until = dt.date(int(row["arsip_terakhir"]), 12, 31)
        old = row["kode"]
        if row["tingkat"] == "kab/kota":
            row["nama_terakhir"] = _spelled(row["nama_terakhir"])
            kind = RegionKind.CITY if row["nama_terakhir"].startswith("Kota ") else RegionKind.REGENCY
            regencies.append(_region(row, RegionLevel.REGENCY, kind, until))
            successors = (
                [by_name[folded(row["nama_terakhir"])]] if folded(row["nama_terakhir"]) in by_name else []
            )
        else:
            districts.append(_region(row, RegionLevel.DISTRICT, "", until))
            regency = next((r for r in regencies if r.code == old[:5]), None)
            above = by_name.get(folded(regency.name), "") if regency else old[:5]
            successors = present.get((above, folded(row["nama_terakhir"])), [])
        if len(successors) == 1:
            aliases.append(RegionAlias(region_id=successors[0], name=row["nama_terakhir"], old_code=old))
    count = _upsert(Region, regencies, ["code"]) + _upsert(Region, districts, ["code"])
    _upsert(RegionAlias, aliases, ["region", "name", "old_code"])
    return count


def _aliases(path: Path) -> int:
    rows = (RegionAlias(region_id=row["kode"], name=row["nama_lain"]) for row in rows_of(path))
    return _upsert(RegionAlias, rows, ["region", "name", "old_code"])


def _classification(scheme: str, version: str) -> Callable[[Path], int]:
    def load(path: Path) -> int:
        rows = (
            ClassificationCode(
                scheme=scheme,
                version=version,
                code=row["kode"],
                level=int(row["digit"]),
                title=row["judul"],
                parent_code=row["kode_induk"],
            )
            for row in rows_of(path)
        )
        return _upsert(ClassificationCode, rows, ["scheme", "version", "code"])

    return load


def _mappings(path: Path) -> int:
    rows = (
        ClassificationMapping(
            scheme=row["klasifikasi"],
            from_version=row["dari_versi"],
            from_code=row["kode_lama"],
            to_version=row["ke_versi"],
            to_code=row["kode_baru"],
            note=row["catatan"],
        )
        for row in rows_of(path)
    )
    return _upsert(
        ClassificationMapping, rows, ["scheme", "from_version", "from_code", "to_version", "to_code"]
    )


def _ipk_codes(path: Path) -> int:
    rows = (
        IpkEducationCode(code=row["kode"], label=row["label"], level=row["jenjang"]) for row in rows_of(path)
    )
    return _upsert(IpkEducationCode, rows, ["code"])


def _education(path: Path) -> int:
    rows = (
        EducationLevel(
            code=row["kode"],
            label=row["label"],
            order=int(row["urutan"]),
            kkni_level=int(row["setara_kkni"]) if row["setara_kkni"] else None,
            ipk_group=row["kelompok_ipk"],
        )
        for row in rows_of(path)
    )
    return _upsert(EducationLevel, rows, ["code"])


def _minimum_wages(path: Path) -> int:
    """What the source marks "verify" is loaded as unverified; an amount the office verified stays."""
    regions = dict(Region.objects.current().filter(level=RegionLevel.REGENCY).values_list("name", "code"))
    checked = set(MinimumWage.objects.filter(verified=True).values_list("region_id", "year"))
    wages = []
    for row in rows_of(path):
        wage = MinimumWage(
            region_id=regions[row["kota"]],
            year=int(row["tahun"]),
            amount=Decimal(row["umk_rupiah"]),
            decree=row["sumber"] if "verify" not in row["sumber"] else "",
            verified="verify" not in row["sumber"],
        )
        if wage.verified or (wage.region_id, wage.year) not in checked:
            wages.append(wage)
    return _upsert(MinimumWage, wages, ["region", "year"])


_HOLIDAY_KIND = {"libur_nasional": HolidayKind.NATIONAL, "cuti_bersama": HolidayKind.COLLECTIVE}


def _holidays(path: Path) -> int:
    rows = (
        Holiday(
            date=dt.date.fromisoformat(row["tanggal"]),
            name=row["nama"],
            kind=_HOLIDAY_KIND[row["jenis"]],
            source="; ".join(filter(None, [row["sumber"], row["catatan"]]))[:250],
        )
        for row in rows_of(path)
    )
    return _upsert(Holiday, rows, ["date", "kind", "name"])


def _decrees(path: Path) -> int:
    return _upsert(
        DecreedYear, (DecreedYear(year=int(r["tahun"]), decree=r["dasar"]) for r in rows_of(path)), ["year"]
    )


@dataclass(frozen=True)
class Source:
    """One data file and what it fills; `label` is what the command prints."""

    name: str
    label: str
    load: Callable[[Path], int]


SOURCES = (
    Source("wilayah_prov_kabkota.csv", "provinsi, kabupaten dan kota", _provinces_and_cities),
    Source("wilayah_kecamatan_nasional.csv", "kecamatan", _districts),
    Source("wilayah_cimahi_bekasi.csv", "kelurahan", _villages),
    Source("wilayah_kode_lama.csv", "kode wilayah lama", _former_codes),
    Source("wilayah_alias.csv", "nama lain wilayah", _aliases),
    Source("kbji2014.csv", "jabatan KBJI 2014", _classification("KBJI", "2014")),
    Source("kbji2026_1to4digit.csv", "jabatan KBJI 2026", _classification("KBJI", "2026")),
    Source("kbli2020.csv", "lapangan usaha KBLI 2020", _classification("KBLI", "2020")),
    Source("klasifikasi_pemetaan.csv", "pemetaan klasifikasi", _mappings),
    Source("ipk_pendidikan_kode.csv", "kode pendidikan IPK", _ipk_codes),
    Source("ref_pendidikan.csv", "jenjang pendidikan", _education),
    Source("ref_umk.csv", "UMK", _minimum_wages),
    Source("hari_libur_2023_2026.csv", "hari libur", _holidays),
    Source("libur_dasar.csv", "tahun dengan keputusan hari libur", _decrees),
)


def load_reference(*, force: bool = False) -> dict[str, int]:
    """Load every data file that changed since the last time (all of them with `force`).

    Adds and renews rows, deletes none: what the office entered itself stays. One transaction. Returns
    {label: rows loaded}; an unchanged file is not in it.
    """
    done: dict[str, int] = {}
    digests = {
        source.name: hashlib.sha256((DATA / source.name).read_bytes()).hexdigest() for source in SOURCES
    }
    with transaction.atomic():
        known = dict(ReferenceFile.objects.values_list("name", "sha256"))
        for source in SOURCES:
            if not force and known.get(source.name) == digests[source.name]:
                continue
            done[source.label] = rows = source.load(DATA / source.name)
            ReferenceFile.objects.update_or_create(
                name=source.name,
                defaults={"sha256": digests[source.name], "rows": rows, "loaded_at": clock.now()},
            )
        if done:
            transaction.on_commit(calendar.forget)
    calendar.forget()
    return done


_PARENT_LEVEL = {
    NomenclatureLevel.PROGRAMME: None,
    NomenclatureLevel.ACTIVITY: NomenclatureLevel.PROGRAMME,
    NomenclatureLevel.SUB_ACTIVITY: NomenclatureLevel.ACTIVITY,
}


def load_nomenclature(rows: Iterable[dict], *, year: int) -> list[Nomenclature]:
    """Load the programme, kegiatan and sub kegiatan of a budget year, in the order of the document.

    Each row: ``level`` (PROGRAMME, ACTIVITY, SUB_ACTIVITY), ``name``, ``code`` (empty = *tanpa kode*) and
    ``key``, its short name within the year (without one: its place, "1.2.3"). A row belongs to the last row
    above it of the next higher level. Idempotent by year and key. Returns the rows in order. Raises
    BadReferenceData when a row has no name, no known level or nothing to belong to, or a name stands twice.
    """
    loaded: list[Nomenclature] = []
    latest: dict[str, Nomenclature] = {}
    place: dict[str, int] = {}
    with transaction.atomic():
        for line, row in enumerate(rows, 1):
            level, name = row["level"], " ".join(row["name"].split())
            if level not in _PARENT_LEVEL or not name:
                raise BadReferenceData(f"Nomenklatur {year}, baris {line}: tingkat atau nama tidak ada.")
            above = _PARENT_LEVEL[level]
            if above is not None and above not in latest:
                raise BadReferenceData(
                    f"Nomenklatur {year}, baris {line}: “{name}” tidak punya {above.label} di atasnya."
                )
            parent = latest[above] if above else None
            place[parent.key if parent else ""] = position = place.get(parent.key if parent else "", 0) + 1
            key = row.get("key") or (f"{parent.key}.{position}" if parent else str(position))
            if any(item.parent == parent and item.name == name for item in loaded):
                raise BadReferenceData(f"Nomenklatur {year}, baris {line}: “{name}” sudah ada di atas.")
            item, _ = Nomenclature.objects.update_or_create(
                year=year,
                key=key,
                defaults={
                    "code": row.get("code") or None,
                    "name": name,
                    "level": level,
                    "parent": parent,
                    "order": line,
                },
            )
            latest[level] = item
            if level == NomenclatureLevel.PROGRAMME:
                latest.pop(NomenclatureLevel.ACTIVITY, None)
            loaded.append(item)
    return loaded
