"""Proofs of the plan: documents, targets, objectives and their money."""

from core import formats
from lkip.enums import Level, StatementKind, TargetDocument
from lkip.models import IndicatorTarget, Objective, QuarterTarget, Statement
from lkip.proofs.facts import Facts, Proof, counted, one, proof


@proof
def strategy_exists(facts: Facts) -> Proof:
    """A Renstra covers the year and names goals."""
    held = any(d.kind == TargetDocument.RENSTRA for d in facts.documents)
    said = Statement.objects.in_force(facts.year).filter(kind=StatementKind.STRATEGY).count()
    return one(
        held,
        f"Renstra tercatat, dengan {formats.number(said)} strategi.",
        "Renstra tahun ini belum tercatat.",
    )


@proof
def agreement_exists(facts: Facts) -> Proof:
    """A Perjanjian Kinerja of the year is recorded."""
    held = [d for d in facts.documents if d.kind in (TargetDocument.PK, TargetDocument.PK_REVISED)]
    return one(bool(held), "; ".join(d.title for d in held), "Perjanjian kinerja tahun ini belum tercatat.")


@proof
def documents_signed(facts: Facts) -> Proof:
    """Plan documents carry a date."""
    return counted(facts.documents, lambda d: d.signed_on, "dokumen perencanaan bertanggal")


@proof
def action_plan_exists(facts: Facts) -> Proof:
    """Main indicators have targets by quarter."""
    planned = set(QuarterTarget.objects.filter(year=facts.year).values_list("indicator_id", flat=True))
    return counted(facts.iku, lambda f: f.indicator.pk in planned, "indikator utama punya rencana triwulan")


@proof
def budget_exists(facts: Facts) -> Proof:
    """The budget is there down to the sub kegiatan."""
    leaves = [row for row in facts.figures.tree if row.leaf]
    return one(
        bool(leaves), f"{formats.number(len(leaves))} sub kegiatan berpagu.", "Anggaran tahun ini belum ada."
    )


@proof
def targets_set(facts: Facts) -> Proof:
    """Main indicators have a target of the year."""
    return counted(
        facts.iku,
        lambda f: f.target is not None or f.target_document,
        "indikator utama punya target tahun ini",
    )


@proof
def targets_in_force(facts: Facts) -> Proof:
    """The target used is the one of the newest document that sets one."""
    order = [TargetDocument.RENSTRA, TargetDocument.RKT, TargetDocument.PK, TargetDocument.PK_REVISED]
    newest: dict[int, str] = {}
    for target in IndicatorTarget.objects.filter(year=facts.year, indicator__level=Level.IKU):
        held = newest.get(target.indicator_id)
        if held is None or order.index(target.document) > order.index(held):
            newest[target.indicator_id] = target.document
    rows = [f for f in facts.iku if f.indicator.pk in newest]
    return counted(
        rows,
        lambda f: f.target_document == TargetDocument(newest[f.indicator.pk]).label,
        "indikator utama memakai target dokumen terbaru",
    )


@proof
def changes_explained(facts: Facts) -> Proof:
    """A target that a later document changed says why, or names its document."""
    changed = []
    by_indicator: dict[int, list[IndicatorTarget]] = {}
    for target in IndicatorTarget.objects.filter(year=facts.year):
        by_indicator.setdefault(target.indicator_id, []).append(target)
    for rows in by_indicator.values():
        if len({row.value for row in rows}) > 1:
            changed.append(rows)
    if not changed:
        return Proof(1, 1, "Tidak ada target yang berbeda antardokumen.")
    return counted(
        changed,
        lambda rows: any(r.reason or r.decree for r in rows),
        "perubahan target disertai alasan atau dokumen",
    )


@proof
def objectives_covered(facts: Facts) -> Proof:
    """Objectives of the plan have a main indicator."""
    rows = list(Objective.objects.all())
    return counted(rows, lambda o: o.pk in facts.objectives, "sasaran punya indikator utama")


@proof
def objectives_funded(facts: Facts) -> Proof:
    """Objectives with a main indicator are tied to programmes and their money."""
    return counted(
        sorted(facts.objectives),
        lambda pk: pk in facts.funded,
        "sasaran dipasangkan dengan program dan anggarannya",
    )
