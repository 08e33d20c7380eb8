"""Setting up a new year from an old one: what is planned is copied, what happened never is."""

from dataclasses import dataclass

from django.db import transaction

from core.models.reference import Nomenclature
from core.reference import load_nomenclature
from lkip.enums import TargetDocument
from lkip.models import CrossCutting, Indicator, IndicatorTarget, PlanDocument, ProgrammeShare, ReportYear
from lkip.plan_tables import walk
from lkip.services.documents import save_document
from lkip.services.plan import InvalidPlan, prepare_year, put

SETTINGS = (
    "target_priority",
    "clamp_low",
    "clamp_high",
    "low_absorption",
    "efficiency_margin",
    "scale",
    "options",
)


@dataclass(frozen=True)
class Prepared:
    """What the new year got."""

    settings: ReportYear
    nodes: int
    documents: int
    shares: int
    promised: int

    def words(self) -> str:
        """Say it to the planner."""
        return (
            f"Tahun {self.settings.year} sudah disiapkan: {self.nodes} baris nomenklatur, {self.documents} dokumen "
            f"perjanjian tanpa tanggal dan target, {self.shares} pasangan program dan sasaran. Renstra sudah memuat "
            f"{self.promised} target untuk tahun itu. Isi anggaran, perjanjian kinerja, dan rencana aksinya."
        )


@transaction.atomic
def prepare_from(actor, *, source: int, year: int) -> Prepared:
    """Prepare `year` from `source`: settings, programme tree, shares, partners, and unsigned agreements.

    Targets of a Renstra that covers the year count there already. Results, statistics, budget amounts, targets of
    agreements and findings are never copied. Raises InvalidPlan when the year is prepared or does not come later.
    """
    old = ReportYear.objects.filter(year=source).first()
    if old is None:
        raise InvalidPlan(f"Tahun {source} belum disiapkan, jadi tidak bisa menjadi contoh.")
    if year <= source:
        raise InvalidPlan(f"Pilih tahun sesudah {source}.")
    if ReportYear.objects.filter(year=year).exists():
        raise InvalidPlan(f"Tahun {year} sudah disiapkan.")
    settings = prepare_year(actor, year=year, **{name: getattr(old, name) for name in SETTINGS})
    nodes = _copy_tree(source, year)
    shares = _copy_shares(actor, source, nodes)
    _copy_partners(actor, source, nodes)
    _pair_indicators(source, nodes)
    promised = IndicatorTarget.objects.filter(year=year, document=TargetDocument.RENSTRA).count()
    return Prepared(settings, len(nodes), _copy_agreements(actor, source, year), shares, promised)


def _copy_tree(source: int, year: int) -> dict[str, Nomenclature]:
    """Give the new year the same programme tree, unless it has one; return it by key."""
    held = Nomenclature.objects.filter(year=year)
    if not held.exists():
        rows = Nomenclature.objects.filter(year=source).order_by("order", "pk")
        load_nomenclature(
            [
                {"level": row.level, "name": row.name, "code": row.code, "key": row.key}
                for row, _ in walk(rows)
            ],
            year=year,
        )
    return {row.key: row for row in held.all()}


def _copy_shares(actor, source: int, nodes: dict[str, Nomenclature]) -> int:
    made = 0
    rows = ProgrammeShare.objects.filter(nomenclature__year=source).select_related("nomenclature")
    for row in rows:
        node = nodes.get(row.nomenclature.key)
        if node is not None:
            key = {"objective": row.objective, "nomenclature": node}
            put(ProgrammeShare, key, {"share": row.share}, actor=actor, label="Bagian program")
            made += 1
    return made


def _copy_partners(actor, source: int, nodes: dict[str, Nomenclature]) -> None:
    rows = CrossCutting.objects.filter(nomenclature__year=source).select_related("nomenclature")
    for row in rows:
        node = nodes.get(row.nomenclature.key)
        if node is not None:
            key = {"nomenclature": node, "partner": row.partner}
            values = {"contribution": row.contribution, "position": row.position}
            put(CrossCutting, key, values, actor=actor, label="Program lintas perangkat daerah")


def _pair_indicators(source: int, nodes: dict[str, Nomenclature]) -> None:
    """Indicators that name their programmes name those of the new year too, for its efficiency."""
    for indicator in Indicator.objects.filter(programmes__year=source).distinct():
        keys = indicator.programmes.filter(year=source).values_list("key", flat=True)
        indicator.programmes.add(*(nodes[key] for key in keys if key in nodes))


def _copy_agreements(actor, source: int, year: int) -> int:
    """The agreements of head and units as empty sheets: parties and titles, no date, no decree, no target."""
    made = 0
    for row in PlanDocument.objects.filter(year=source, kind__in=(TargetDocument.PK, TargetDocument.RKT)):
        if PlanDocument.objects.filter(year=year, kind=row.kind, unit=row.unit).exists():
            continue
        save_document(
            actor,
            kind=row.kind,
            year=year,
            title=row.title.replace(str(source), str(year)),
            unit=row.unit,
            first_name=row.first_name,
            first_post=row.first_post,
            second_name=row.second_name,
            second_post=row.second_post,
        )
        made += 1
    return made
