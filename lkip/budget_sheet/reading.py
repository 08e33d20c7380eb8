"""A staged budget file, read again each time: cells, layout, table, contradictions, what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from core.cells import Value
from core.models.reference import Nomenclature, NomenclatureLevel
from core.models.staging import StagedUpload, UploadState
from core.tables_in import unsealed_rows
from lkip.budget_sheet import checks, layout
from lkip.budget_sheet.layout import Layout, Row
from lkip.budget_sheet.rows import SUB_ACTIVITY, TREE, Line, Table, comparable, read_table
from lkip.checker.repair import Repair
from lkip.checker.repair_option import UNKNOWN
from lkip.models import PlannedBudget

KIND = "lkip-anggaran"
SEARCHED = 400
"""A tree of more rows than this is not searched for repairs: an office has 50 to 150."""
DEPTHS = {NomenclatureLevel.PROGRAMME: 0, NomenclatureLevel.ACTIVITY: 1, NomenclatureLevel.SUB_ACTIVITY: 2}


@dataclass(frozen=True)
class Chosen:
    """A repair that a planner chose; ``rows`` are (pagu, realisasi) by row key.

    ``missing`` are (parent key, pagu, realisasi) of rows that the document lacks, without what is moved into them.
    """

    rows: dict[str, tuple[int, int]]
    moved: tuple[str, ...]
    missing: tuple[tuple[str, int, int], ...]
    words: tuple[str, ...]
    reason: str
    by: str

    @classmethod
    def of(cls, data: dict | None) -> "Chosen | None":
        """Read what `as_json` wrote."""
        if not data:
            return None
        return cls(
            {key: tuple(pair) for key, pair in data["rows"].items()},
            tuple(data["moved"]),
            tuple((key, c, r) for key, c, r in data["missing"]),
            tuple(data["words"]),
            data["reason"],
            data["by"],
        )

    @classmethod
    def from_repair(cls, repair: Repair, *, reason: str, by: str) -> "Chosen":
        """Take what a proposal says, with the reason for choosing it."""
        return cls(
            dict(repair.rows),
            tuple(move.key for move in repair.moves),
            tuple((each.parent_key, *each.rest) for each in repair.missing),
            tuple(repair.words),
            reason,
            by,
        )

    def as_json(self) -> dict:
        """What is kept in the upload's options."""
        return {
            "rows": {key: list(pair) for key, pair in self.rows.items()},
            "moved": list(self.moved),
            "missing": [list(each) for each in self.missing],
            "words": list(self.words),
            "reason": self.reason,
            "by": self.by,
        }


@dataclass
class Reading:
    """Everything that the preview shows and the commit saves, from one staged upload."""

    year: int
    rows: list[Row]
    layout: Layout
    table: Table
    month: int | None = None
    known_total: tuple[int, int] | None = None
    chosen: Chosen | None = None
    nodes: dict[str, Nomenclature] = field(default_factory=dict)

    @cached_property
    def contradictions(self) -> list[checks.Contradiction]:
        """What can't all be true in the file as it is printed."""
        return checks.contradictions(self.table, known_total=self.known_total)

    @cached_property
    def repairs(self) -> list[Repair]:
        """Proposals, the likeliest first; none when the table agrees with itself or is too long to search."""
        if not self.searched:
            return []
        return checks.repairs(self.table, known_total=self.known_total, known=self.planned())

    @property
    def searched(self) -> bool:
        """Whether the table is short enough to be searched."""
        return len(self.table.of(TREE)) <= SEARCHED

    def why_no_repair(self) -> str:
        """Why sums contradict each other and nothing is proposed; "" where something is, or was chosen."""
        if self.chosen is not None or self.repairs:
            return ""
        placed = all(line.depth is not None for line in self.table.of(TREE))
        return checks.why_no_repair(self.contradictions, searched=self.searched, placed=placed)

    def planned(self) -> dict[str, list[int]]:
        """The ceilings that the plan documents of the year print for the rows, by row key."""
        told: dict[int, list[int]] = {}
        for each in PlannedBudget.objects.filter(year=self.year, nomenclature__year=self.year):
            told.setdefault(each.nomenclature_id, []).append(each.amount)
        return {
            key: told[node.pk]
            for key, node in self.nodes.items()
            if node.pk in told and node.level == NomenclatureLevel.SUB_ACTIVITY
        }

    def value(self, line: Line) -> tuple[int, int] | None:
        """Ceiling and realisation that would be saved for a leaf, or None when they are not known."""
        if self.chosen is not None and line.section == TREE:
            pair = self.chosen.rows.get(line.key)
            if pair is not None and UNKNOWN not in pair:
                return pair
        ceiling, realised = line.value("ceiling"), line.value("realised")
        return None if line.errors or ceiling is None or realised is None else (ceiling, realised)

    def problems(self, line: Line) -> list:
        """What keeps a line from being saved now: a chosen repair settles amounts, not places."""
        if self.chosen is None or line.depth != SUB_ACTIVITY or self.value(line) is None:
            return line.errors
        return [error for error in line.errors if error.title in ("Uraian", "Persen fisik")]

    def bad_lines(self) -> list[Line]:
        """The lines that can't be saved."""
        return [line for line in self.table.lines if self.problems(line)]

    def why_nothing(self) -> str:
        """Why nothing of the file can be saved, and what to do; "" when something can."""
        if self.good_leaves():
            return ""
        if not self.layout.places:
            return (
                "Judul kolom tidak dikenali. Buka “Susunan kolom”, pilih kolom uraian, pagu, dan realisasi, lalu tekan "
                "“Baca ulang”; atau salin isinya ke templat."
            )
        leaves = [line for line in self.table.leaves() if line.section == TREE]
        if leaves:
            return (
                "Semua baris sub kegiatan perlu diperbaiki: lihat keterangan di tiap baris. Perbaiki di berkasnya, "
                "lalu unggah lagi; atau pilih kolom lain pada “Susunan kolom” bila kolomnya keliru."
            )
        if "code" in self.layout.places and not any(line.code for line in self.table.lines):
            return (
                "Kolom kode tidak berisi kode yang utuh, seperti 2.07.04.2.01.0001. Bila kode terbagi atas beberapa "
                "kolom, pilih kolom pertama dan kolom terakhirnya pada “Susunan kolom”, lalu tekan “Baca ulang”."
            )
        return (
            "Tidak ada baris sub kegiatan, padahal hanya sub kegiatan yang disimpan. Tingkat baris dikenali dari kode "
            "(2.07.04.2.01.0001) atau dari kata “Sub Kegiatan:” di depan uraian; periksa kolom kode dan uraiannya."
        )

    def good_leaves(self) -> list[Line]:
        """The lines whose amounts would be saved."""
        return [
            line for line in self.table.leaves() if not self.problems(line) and self.value(line) is not None
        ]


def fingerprint(repair: Repair) -> str:
    """Names a proposal by what it says, so that nobody chooses another one than they saw."""
    return sha256("\n".join(repair.words).encode()).hexdigest()[:16]


def remembered() -> dict[str, str]:
    """The titles of the columns in the office's last saved upload."""
    last = StagedUpload.objects.filter(kind=KIND, state=UploadState.COMMITTED).order_by("-decided_at").first()
    return dict(last.options.get("titles", {})) if last else {}


def match(table: Table, year: int) -> dict[str, Nomenclature]:
    """Find the nomenclature of the lines by code, else by name and level (and parent where the name stands twice)."""
    known = list(Nomenclature.objects.filter(year=year))
    by_code = {node.code: node for node in known if node.code}
    by_name: dict[tuple[int, str], list[Nomenclature]] = {}
    for node in known:
        by_name.setdefault((DEPTHS[node.level], comparable(node.name)), []).append(node)
    found: dict[str, Nomenclature] = {}
    for line in table.of(TREE):
        same = by_name.get((line.depth, comparable(line.name)), [])
        if line.parent is not None and line.parent.key in found:
            own = [node for node in same if node.parent_id == found[line.parent.key].pk]
            same = own or same
        node = by_code.get(line.code) or (same[0] if len(same) == 1 else None)
        if node is not None and DEPTHS[node.level] == line.depth:
            found[line.key] = node
    return found


def names_of(year: int) -> dict[str, int]:
    """Known names with their depth, those that stand for one level only."""
    depths: dict[str, set[int]] = {}
    for node in Nomenclature.objects.filter(year=year):
        depths.setdefault(comparable(node.name), set()).add(DEPTHS[node.level])
    return {name: next(iter(found)) for name, found in depths.items() if len(found) == 1}


def read(
    rows: Sequence[tuple[int, list[Value]]],
    *,
    year: int,
    formulas=frozenset(),
    letters: dict[str, str] | None = None,
    head: Sequence[int] = (),
) -> Reading:
    """Read the rows of a file: with the columns that were chosen, or with those that are found. UnreadableSheet.

    Where no columns are found the reading holds no lines: its columns have to be chosen.
    """
    rows = list(rows)
    found = layout.chosen(rows, tuple(head), letters) if letters else layout.find(rows, remembered())
    if not found.places:
        return Reading(year, rows, found, Table())
    table = read_table(rows, found, names=names_of(year), formulas=formulas)
    return Reading(year, rows, found, table, nodes=match(table, year))


def reopen(staged: StagedUpload) -> Reading:
    """Read a staged upload again, with everything that was decided about it."""
    options = staged.options
    rows = []
    for row, cells in unsealed_rows(staged):
        width = max((int(place) for place in cells), default=-1) + 1
        rows.append((row.number, [cells.get(str(place), "") for place in range(width)]))
    reading = read(
        rows,
        year=options["year"],
        formulas=frozenset(options["formulas"]),
        letters=options["letters"],
        head=options["head"],
    )
    reading.month = options.get("month")
    reading.known_total = tuple(options["known_total"]) if options.get("known_total") else None
    reading.chosen = Chosen.of(options.get("repair"))
    return reading
