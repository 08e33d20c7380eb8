"""BAB I: who the office is, what it does, what it struggles with, by which rules it works."""

from datetime import date

from lkip.enums import StatementKind
from lkip.models import Statement, Unit
from lkip.report.maker import Maker, Part, place
from lkip.report.model import Box, Items, Organisation, Pairs, Paragraph, Run, Runs
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year


def statements(maker: Maker, kind: str) -> list[Statement]:
    """The statements of a kind that hold in the year."""
    return list(Statement.objects.in_force(maker.year).filter(kind=kind))


def listed(rows: list[Statement]) -> Items:
    """Statements as a list; their texts are names, so digits in them are references."""
    return Items(tuple(label(row.text.rstrip(" .") + ".") for row in rows), numbered=True)


def last_day(maker: Maker) -> date:
    """The day for which staff and stocks are shown."""
    return date(maker.year, 12, 31)


@place("bab1")
def lead(maker: Maker, where: Place) -> Part:
    """What the report is."""
    office = maker.agency
    told = joined(
        "Laporan ini menjelaskan apa yang dijanjikan ",
        *label(office.full_name),
        " untuk tahun ",
        year(maker.year),
        ", apa yang tercapai, dan dari catatan mana setiap angka berasal.",
    )
    return Part([Paragraph(told, "lead")])


@place("bab1.gambaran")
def overview(maker: Maker, where: Place) -> Part:
    """The office in a few facts."""
    office = maker.agency
    duty = statements(maker, StatementKind.DUTY)
    told = joined(
        *label(office.full_name),
        " adalah perangkat daerah ",
        *label(office.government),
        " yang melayani urusan tenaga kerja.",
    )
    blocks = [Paragraph(told)]
    if duty:
        blocks.append(Paragraph(joined("Tugasnya: ", _sentence(duty[0].text))))
    facts = [("Nama", label(office.full_name)), ("Pemerintah daerah", label(office.government))]
    for name, value in (("Alamat", office.address), ("Telepon", office.phone), ("Surel", office.email)):
        if value:
            facts.append((name, label(value)))
    if office.head_name:
        facts.append((office.head_title or "Kepala dinas", label(office.head_name)))
    return Part(blocks, [Pairs(tuple(facts))])


def _sentence(text: str) -> Runs:
    text = text.strip().rstrip(".")
    return label(f"{text[:1].lower()}{text[1:]}.")


@place("bab1.tugas")
def duties(maker: Maker, where: Place) -> Part:
    """Duty and functions."""
    duty, functions = statements(maker, StatementKind.DUTY), statements(maker, StatementKind.FUNCTION)
    blocks: list = []
    if duty:
        blocks += [Paragraph((words("Tugas pokok dinas:"),)), listed(duty)]
    if functions:
        blocks += [Paragraph((words("Untuk itu dinas menjalankan fungsi:"),)), listed(functions)]
    return Part(blocks=blocks)


@place("bab1.organisasi")
def organisation(maker: Maker, where: Place) -> Part:
    """The organisation chart, and what each unit does."""
    units = list(Unit.objects.all())
    if not units:
        return Part()
    children: dict = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    boxes: list[Box] = []

    def walk(parent, depth: int) -> None:
        for unit in children.get(parent, []):
            boxes.append(Box(label(unit.name), label(unit.head_post), depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    caption = joined("Bagan susunan organisasi, ", year(maker.year))
    with_duty = [unit for unit in units if unit.duty]
    blocks: list = [Organisation("bagan-organisasi", caption, tuple(boxes))]
    if with_duty:
        blocks.append(Pairs(tuple((unit.name, label(unit.duty)) for unit in with_duty)))
    return Part([Paragraph((words("Susunan organisasi dinas digambarkan di bawah ini."),))], blocks)


@place("bab1.isu")
def issues(maker: Maker, where: Place) -> Part:
    """What the office struggles with."""
    rows = statements(maker, StatementKind.ISSUE)
    if not rows:
        return Part()
    return Part([Paragraph((words("Masalah utama yang dihadapi dinas:"),)), listed(rows)])


@place("bab1.dasar")
def legal(maker: Maker, where: Place) -> Part:
    """The rules the report follows."""
    rows = statements(maker, StatementKind.LEGAL_BASIS)
    return Part(
        blocks=[Paragraph((words("Laporan ini disusun berdasarkan:"),)), listed(rows)] if rows else []
    )


@place("bab1.sistematika")
def structure(maker: Maker, where: Place) -> Part:
    """What stands in which chapter."""
    chapters = [p for p in maker.places if p.level == 0 and p.key.startswith("bab")]
    told = {
        "bab1": "gambaran dinas, masalah utama, dan dasar hukum",
        "bab2": "apa yang direncanakan dan dijanjikan",
        "bab3": "apa yang tercapai menurut sasaran, dan anggaran yang dipakai",
        "bab4": "simpulan dan langkah berikutnya",
    }
    items: list[Runs] = [
        joined(*label(p.number, strong=True), " ", *label(p.title), ": ", told.get(p.key, ""), ".")
        for p in chapters
    ]
    return Part(
        [
            Paragraph(
                joined(
                    "Laporan ini mengikuti susunan PermenPAN-RB Nomor ",
                    Run("53", "reference"),
                    " Tahun ",
                    year(2014),
                    ".",
                )
            )
        ],
        [Items(tuple(items))],
    )
