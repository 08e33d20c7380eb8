"""Finding regions by what people write, and judging the region part of a NIK."""

import re

from django.db.models import Q

from core.errors import Refused
from core.models.reference import Region, RegionAlias, RegionLevel

_PREFIXES = re.compile(
    r"^(kab\.?|kabupaten|kota|kec\.?|kecamatan|kel\.?|kelurahan|desa|prov\.?|provinsi)\s+", re.I
)


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
    wanted = {folded(plain), folded(_PREFIXES.sub("", plain))}
    # the first letters narrow the search in the database; the folded comparison decides
    start = _PREFIXES.sub("", plain)[:2]
    aliases = (
        RegionAlias.objects.filter(region__in=candidates).exclude(name="").values_list("region_id", "name")
    )
    codes = {code for code, alias in aliases if folded(alias) in wanted}
    narrowed = candidates.filter(Q(name__istartswith=start) | Q(name__icontains=f" {start}"))
    codes |= {code for code, known in narrowed.values_list("code", "name") if _fits(known, plain, wanted)}
    if len(codes) > 1:
        raise AmbiguousRegion(
            f"Ada {len(codes)} wilayah bernama “{plain[:60]}”. Sebutkan juga kota atau kecamatannya."
        )
    return Region.objects.get(code=codes.pop()) if codes else None


def _fits(known: str, typed: str, wanted: set[str]) -> bool:
    """A name fits whole, or without its "Kota"/"Kabupaten" unless the typed one says which it is."""
    if folded(known) in wanted:
        return True
    return not _PREFIXES.match(typed) and folded(_PREFIXES.sub("", known)) in wanted


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
