"""Proofs of the measuring: definitions, sources, records behind the numbers, quarters."""

from core import formats, measures
from lkip.enums import Formula
from lkip.figures import Figure, period_of
from lkip.figures.evaluate import unaskable
from lkip.proofs.facts import Facts, Proof, counted, proof


@proof
def definitions_complete(facts: Facts) -> Proof:
    """Main indicators have definition, unit, source and owner."""
    return counted(
        facts.iku,
        lambda f: all((f.indicator.definition, f.indicator.unit, f.indicator.source, f.indicator.owner)),
        "indikator utama lengkap definisi, satuan, sumber, dan pemiliknya",
    )


@proof
def owners_named(facts: Facts) -> Proof:
    """Main indicators have an owner and say how the data are collected."""
    return counted(
        facts.iku,
        lambda f: f.indicator.owner and f.indicator.source,
        "indikator utama punya pemilik dan sumber",
    )


@proof
def collection_written(facts: Facts) -> Proof:
    """How the data of a main indicator are collected is written down."""
    return counted(
        facts.iku,
        lambda f: f.indicator.collection_note,
        "indikator utama punya catatan cara pengumpulan data",
    )


@proof
def quarters_noted(facts: Facts) -> Proof:
    """Main indicators have a note in every quarter."""
    pairs = [(f.indicator.pk, quarter) for f in facts.iku for quarter in (1, 2, 3, 4)]
    return counted(pairs, lambda pair: pair in facts.noted, "triwulan indikator utama sudah dicatat")


@proof
def all_sources(facts: Facts) -> Proof:
    """Figures name their source."""
    return counted(facts.figures.all(), lambda f: f.source, "angka menyebut sumbernya")


@proof
def evidence_equals(facts: Facts) -> Proof:
    """Measured figures have exactly as many records as they say; every one is counted again."""
    rows = [
        f
        for f in facts.figures.figures.values()
        if f.indicator.formula == Formula.MEASURE and not unaskable(f.indicator)
    ]

    def equal(figure: Figure) -> bool:
        own = figure.indicator
        return figure.records_count == measures.evidence_count(
            own.measure, period_of(own, facts.year), own.filters
        )

    return counted(rows, equal, "angka dari rekaman sama banyak dengan rekamannya")


@proof
def interim_marked(facts: Facts) -> Proof:
    """Interim figures name the register that they wait for."""
    rows = [f for f in facts.figures.figures.values() if f.indicator.formula == Formula.INTERIM]
    if not rows:
        return Proof(1, 1, "Tidak ada masukan sementara.")
    waiting = {
        s.indicator_id: s.waits_for
        for f in rows
        for s in f.indicator.statistics.all()
        if s.year == facts.year
    }
    return counted(
        rows,
        lambda f: waiting.get(f.indicator.pk) or f.indicator.waits_for,
        "masukan sementara menyebut register yang ditunggu",
    )


@proof
def application_used(facts: Facts) -> Proof:
    """Figures come from records of this system and not from a form."""
    rows = list(facts.figures.figures.values())
    return Proof(
        1 if any(f.records_count is not None for f in rows) else 0,
        1,
        f"{formats.number(sum(f.records_count is not None for f in rows))} angka dihitung langsung dari rekaman.",
    )
