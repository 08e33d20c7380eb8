"""Finding regions by what people write, and judging the region part of a NIK."""

import re

from django.db.models import Q

from core.errors import Refused
from core.models.reference import Region, RegionAlias, RegionLevel

_PREFIXES = re.compile(
    r"^(kab\.?|kabupaten|kota|kec\.?|kecamatan|kel\.?|kelurahan|desa|prov\.?|provinsi)\s+", re.I
)


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
