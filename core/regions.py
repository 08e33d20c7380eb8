"""Finding regions by what people write, and judging the region part of a NIK."""

import re

from django.db.models import Q

from core.errors import Refused
from core.models.reference import Region, RegionAlias, RegionLevel

_PREFIXES = re.compile(
    r"^(kab\.?|kabupaten|kota|kec\.?|kecamatan|kel\.?|kelurahan|desa|prov\.?|provinsi)\s+", re.I
)


_DISTRICT_WORD = re.compile(r"^(?:kec\.?|kecamatan)\s+", re.I)
_CITY_WORD = re.compile(r"^(kota|kab\.?|kabupaten)\s+", re.I)
_KINDS = {"kot": "Kota ", "kab": "Kabupaten "}
_WORDS_ALONE = {"kota", "kab", "kabupaten", "kec", "kecamatan"}
SHOWN = 5
"""So many candidates a message names."""
_LEVEL_OF = {
    "kab": RegionLevel.REGENCY,
    "kot": RegionLevel.REGENCY,
    "kec": RegionLevel.DISTRICT,
    "kel": RegionLevel.VILLAGE,
    "des": RegionLevel.VILLAGE,
    "pro": RegionLevel.PROVINCE,
}


class AmbiguousRegion(Refused):
    """The name fits several regions; the level or the region above must be told."""


def folded(name: str) -> str:
    """Return `name` for comparison: without case, spaces, dots, dashes and apostrophes."""
    return re.sub(r"[\s.\-'’`]", "", name).lower()


def find_region(
    name: str, *, level: RegionLevel | None = None, within: Region | None = None
) -> Region | None:
    """Return the region in force that people call `name`, by name or alias; None when there is none.

    "Kel. Duren Jaya", "DURENJAYA" and "Durenjaya" are the same. Raises AmbiguousRegion when several fit.
    """
    candidates = Region.objects.current()
    if level is not None:
        candidates = candidates.filter(level=level)
    if within is not None:
        candidates = candidates.within(within)
    plain = name.strip()
    prefix = _PREFIXES.match(plain)
    if prefix is None:
        codes = _named(candidates, plain, bare=False) | _named(candidates, plain, bare=True)
    else:  # "Kota Baru" may be a name of its own; else the word in front tells the level
        codes = _named(candidates, plain, bare=False)
        if not codes:
            told = candidates.filter(level=_LEVEL_OF[prefix[0].lower()[:3]])
            codes = _named(told, plain[prefix.end() :], bare=True)
    if len(codes) > 1:
        raise AmbiguousRegion(
            f"Ada {len(codes)} wilayah bernama “{plain[:60]}”. Sebutkan juga kota atau kecamatannya."
        )
    return Region.objects.get(code=codes.pop()) if codes else None


def _readings(text: str) -> list[list[tuple[str, str]]]:
    """The (kecamatan, city) that `text` may mean: those as written first, those the other way round second.

    A comma parts the two; without one they may part at every space.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 2 and Region.objects.current().filter(
        level=RegionLevel.PROVINCE, name__iexact=_PREFIXES.sub("", parts[-1])
    ):
        parts.pop()
    if len(parts) == 2:
        pairs = [(parts[0], parts[1])]
    elif len(parts) == 1:
        words = parts[0].split()
        pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    else:
        pairs = []
    return [pairs, [(last, first) for first, last in pairs]]


def _cities_called(text: str, cities: list[tuple[str, str]]) -> set[str]:
    """The codes among `cities` (code, name) that "Kota Bandung", "kab. bandung" or, of either kind, "Bandung" tells."""
    told = _CITY_WORD.match(text)
    kind, bare = _KINDS[told[1][:3].lower()] if told else "", folded(_CITY_WORD.sub("", text))
    return {
        code for code, name in cities if name.startswith(kind) and folded(_CITY_WORD.sub("", name)) == bare
    }


def _districts_called(text: str) -> set[str]:
    """The codes of the kecamatan in force so named: as written, else without "Kota" and the like in their names."""
    if folded(text) in _WORDS_ALONE:
        return set()
    name, districts = (
        _DISTRICT_WORD.sub("", text),
        Region.objects.current().filter(level=RegionLevel.DISTRICT),
    )
    codes = _named(districts, name, bare=False)
    if not codes and not _CITY_WORD.match(name):  # who writes "Kota Madiun" does not mean a kecamatan Madiun
        codes = _named(districts, name, bare=True)
    return codes


def _districts_told(text: str) -> set[str]:
    """The codes of all kecamatan that `text` fits."""
    if "," not in text.strip(" ,") and (codes := _districts_called(text.strip(" ,"))):
        return codes
    cities = list(Region.objects.current().filter(level=RegionLevel.REGENCY).values_list("code", "name"))
    for pairs in _readings(text):
        found: set[str] = set()
        for name, city in pairs:
            if above := _cities_called(city, cities):
                found |= {code for code in _districts_called(name) if code.rpartition(".")[0] in above}
        if found:
            return found
    return set()


def find_district(text: str) -> Region:
    """Return the kecamatan in force that `text` tells, with its city or, where its name is there once, without.

    "Coblong, Kota Bandung", "Kec. Coblong Bandung" and "Kota Bandung, Coblong" are the same. Raises AmbiguousRegion
    with the candidates when several fit, and Refused when none does.
    """
    codes = _districts_told(" ".join(text.split()))
    found = list(Region.objects.filter(code__in=codes).select_related("parent").order_by("parent__name"))
    if len(found) == 1:
        return found[0]
    if found:
        shown = "; ".join(f"{row.name}, {row.parent.name}" for row in found[:SHOWN])
        more = " dan lain-lain" if len(found) > SHOWN else ""
        raise AmbiguousRegion(
            f"Ada beberapa kecamatan ini: {shown}{more}. Tulis juga kota atau kabupatennya."
        )
    raise Refused(f"Kecamatan “{text[:60]}” tidak ditemukan. Tulis seperti: Coblong, Kota Bandung.")


def _named(candidates, name: str, *, bare: bool) -> set[str]:
    """Return the codes of the regions so named; with `bare` the "Kota"/"Kabupaten" of their names is left out.

    The first letters narrow the search in the database; the folded comparison decides.
    """
    wanted, start = folded(name), name[:2]
    narrowed = candidates.filter(Q(name__istartswith=start) | Q(name__icontains=f" {start}"))
    known = [*narrowed.values_list("code", "name")]
    aliases = RegionAlias.objects.filter(region__in=candidates).filter(
        Q(name__istartswith=start) | Q(name__icontains=f" {start}")
    )
    known += aliases.values_list("region_id", "name")
    return {code for code, text in known if folded(_PREFIXES.sub("", text) if bare else text) == wanted}


def current_region(code: str) -> Region | None:
    """Return the region in force for a code, present or former ("91.01" -> Kabupaten Merauke, now 93.01)."""
    region = Region.objects.current().filter(code=code).first()
    if region is None:
        alias = RegionAlias.objects.select_related("region").filter(old_code=code).first()
        region = alias.region if alias else None
    return region


def region_warnings(region6: str, *, home: Region | None = None) -> list[str]:
    """Return the warnings about the region part of a NIK; `home` is the office's city.

    Never a reason to refuse: it tells where the NIK was first issued, and codes end by splits while the NIK
    stays.
    """
    code = f"{region6[:2]}.{region6[2:4]}.{region6[4:]}"
    region = Region.objects.filter(code=code).first()
    if region is None:
        return ["Enam angka pertama NIK bukan kode kecamatan yang dikenal. Cocokkan dengan KTP."]
    warnings = []
    if region.valid_until is not None:
        warnings.append(
            f"Kode wilayah NIK ({region.name}) sudah tidak dipakai sejak pemekaran; NIK tetap berlaku."
        )
    if home is not None and not code.startswith(home.code + "."):
        warnings.append("NIK pertama kali terbit di luar kota ini. Periksa alamat sekarang di KTP.")
    return warnings
