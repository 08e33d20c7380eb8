"""Proofs of the report: its parts, comparisons, causes, editions."""

from datetime import date

from core import clock, formats
from lkip import consistency
from lkip.enums import EditionState, TargetDocument
from lkip.models import Edition, IndicatorTarget, QuarterNote
from lkip.proofs.facts import Facts, Proof, counted, one, proof

LAST_MONTH = 2
"""The report of a year is due by the end of February of the next (criterion of the evaluation sheet)."""


@proof
def causes_written(facts: Facts) -> Proof:
    """Main indicators have their analysis of the year: the note of quarter 4."""
    return counted(
        facts.iku, lambda f: (f.indicator.pk, 4) in facts.noted, "indikator utama punya uraian sebab setahun"
    )


@proof
def follow_up_written(facts: Facts) -> Proof:
    """Notes name a follow-up."""
    rows = list(QuarterNote.objects.filter(year=facts.year))
    return counted(rows, lambda note: note.follow_up, "catatan triwulan menyebut tindak lanjut")


@proof
def compared(facts: Facts) -> Proof:
    """Main indicators can be set against target, the year before or the medium-term target."""
    renstra = set(
        IndicatorTarget.objects.filter(document=TargetDocument.RENSTRA, year__gt=facts.year).values_list(
            "indicator_id", flat=True
        )
    )
    return counted(
        facts.iku,
        lambda f: f.target is not None and f.indicator.pk in renstra,
        "indikator utama punya target tahun ini dan target jangka menengah",
    )


@proof
def efficiency_shown(facts: Facts) -> Proof:
    """At least one main indicator is set against the absorption of its programmes."""
    return counted(facts.figures.efficiencies, lambda e: e.figure.value is not None, "efisiensi terhitung")


@proof
def all_sections(facts: Facts) -> Proof:
    """The report has all the parts of PermenPAN-RB 53/2014 and none is empty."""
    missing = consistency.empty_sections(facts.figures)
    return one(not missing, "Semua bagian terisi.", f"Belum terisi: {', '.join(missing)}.")


@proof
def no_open_errors(facts: Facts) -> Proof:
    """The checker finds no error, and each of its warnings has a reason."""
    left = consistency.obstacles(facts.year)
    return one(
        not left, "Tidak ada temuan yang terbuka.", f"{formats.number(len(left))} temuan masih terbuka."
    )


def _edition_in(facts: Facts, *states: str) -> Edition | None:
    return next((e for e in facts.editions if e.state in states), None)


@proof
def edition_reviewed(facts: Facts) -> Proof:
    """An edition of the year was reviewed."""
    found = _edition_in(
        facts, EditionState.REVIEWED, EditionState.APPROVED, EditionState.PUBLISHED, EditionState.RESTATED
    )
    return one(
        found is not None,
        f"Edisi {found.number if found else ''} telah direviu.",
        "Belum ada edisi yang direviu.",
    )


@proof
def edition_approved(facts: Facts) -> Proof:
    """An edition of the year was approved by the head."""
    found = _edition_in(facts, EditionState.APPROVED, EditionState.PUBLISHED, EditionState.RESTATED)
    return one(
        found is not None,
        f"Edisi {found.number if found else ''} disetujui.",
        "Belum ada edisi yang disetujui.",
    )


@proof
def edition_published(facts: Facts) -> Proof:
    """An edition of the year is public."""
    found = _edition_in(facts, EditionState.PUBLISHED)
    return one(
        found is not None, f"Edisi {found.number if found else ''} terbit.", "Belum ada edisi yang terbit."
    )


@proof
def published_in_time(facts: Facts) -> Proof:
    """The first publication was no later than the end of February of the next year."""
    days = [clock.local(e.published_at).date() for e in facts.editions if e.published_at]
    due = date(facts.year + 1, LAST_MONTH + 1, 1)
    if not days:
        return Proof(0, 1, "Belum terbit.")
    first = min(days)
    return one(first < due, f"Terbit {formats.date_long(first)}.", f"Baru terbit {formats.date_long(first)}.")
