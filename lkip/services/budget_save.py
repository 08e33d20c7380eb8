"""Saving a budget table that was read: new nomenclature, lines, months, types, and what the print says instead."""

import re
from typing import Any

from django.db import transaction

from core.errors import Refused
from core.models.reference import Nomenclature, NomenclatureLevel
from core.tables_in import CellError, Outcome
from lkip.budget_sheet.reading import Reading
from lkip.budget_sheet.rows import DETAIL, SUB_ACTIVITY, TREE, TYPE, Line
from lkip.checker.repair_tree import percent_true
from lkip.models import BudgetLine, PrintedAmount, SpendingType
from lkip.services import budget

LEVELS = (NomenclatureLevel.PROGRAMME, NomenclatureLevel.ACTIVITY, NomenclatureLevel.SUB_ACTIVITY)
UNLISTED_ACTIVITY = "Kegiatan yang tidak tercantum dalam dokumen sumber"
UNLISTED_LINE = "Rincian yang tidak tercantum dalam dokumen sumber"


class Saver:
    """Saves one reading inside the caller's transaction."""

    def __init__(self, reading: Reading, actor: Any, *, reason: str = "") -> None:
        self.reading, self.actor, self.reason = reading, actor, reason.strip()
        self.nodes = dict(reading.nodes)
        self.outcome = Outcome()
        self.order = 0
        self.comment = ""
        if reading.chosen is not None:
            self.comment = f"Perbaikan dipilih: {reading.chosen.reason}"
        self.unlisted: dict[str, Nomenclature] = {}

    def save(self) -> Outcome:
        """Save everything that can be; the rows that could not stand in the outcome."""
        for line in self.reading.table.of(TREE):
            if line.depth == DETAIL:
                continue
            if self.reading.problems(line):
                continue
            self._try(line)
        self._missing()
        self._types()
        self._printed()
        return self.outcome

    def _try(self, line: Line) -> None:
        try:
            with transaction.atomic():
                node = self._node(line)
                if line.depth == SUB_ACTIVITY:
                    self._amounts(line, node)
                    self.outcome.saved += 1
        except Refused as problem:
            self.nodes.pop(line.key, None)
            error = CellError(line.cell(problem.field or "name"), "", str(problem))
            self.outcome.skipped.append((line.number, [error]))

    # --- nomenclature ---

    def _node(self, line: Line) -> Nomenclature:
        """The node of a line; one that the year does not have yet is added below its parent."""
        moved = self.reading.chosen is not None and line.key in self.reading.chosen.moved
        node = self.nodes.get(line.key)
        if node is not None and not moved:
            self.order = node.order
            return node
        parent = self._unlisted_activity(self._programme(line).key) if moved else None
        if parent is None and line.depth:
            parent = self.nodes.get(line.parent.key) if line.parent else self._parent_by_code(line)
            if parent is None:
                raise Refused("Induk baris ini tidak disimpan, jadi baris ini juga tidak.")
        node = self._create(line.depth, line.name, line.code, parent)
        self.nodes[line.key] = node
        return node

    def _create(self, depth: int, name: str, code: str, parent: Nomenclature | None) -> Nomenclature:
        year = self.reading.year
        held = Nomenclature.objects.filter(year=year, parent=parent, name=name).first()
        if held is not None:
            return held
        if code and Nomenclature.objects.filter(year=year, code=code).exists():
            code = ""
        count = Nomenclature.objects.filter(year=year, parent=parent).count()
        key = code or f"{parent.key if parent else 'p'}.{count + 1}"
        while Nomenclature.objects.filter(year=year, key=key).exists():
            count += 1
            key = f"{parent.key if parent else 'p'}.{count + 1}"
        self.order += 0 if Nomenclature.objects.filter(year=year, order__gt=self.order).exists() else 1
        return Nomenclature.objects.create(
            year=year,
            key=key[:80],
            code=code or None,
            name=name,
            level=LEVELS[depth],
            parent=parent,
            order=self.order,
        )

    def _parent_by_code(self, line: Line) -> Nomenclature | None:
        """A row that stands alone in the file belongs where its code says."""
        above = line.code.rpartition(".")[0]
        return Nomenclature.objects.filter(year=self.reading.year, code=above).first() if above else None

    def _programme(self, line: Line) -> Line:
        while line.parent is not None:
            line = line.parent
        return line

    def _unlisted_activity(self, programme_key: str) -> Nomenclature:
        if programme_key not in self.unlisted:
            programme = self.nodes[programme_key]
            self.unlisted[programme_key] = self._create(1, UNLISTED_ACTIVITY, "", programme)
        return self.unlisted[programme_key]

    # --- amounts ---

    def _amounts(self, line: Line, node: Nomenclature) -> None:
        ceiling, realised = self.reading.value(line)
        known: dict[str, Any] = {}
        if line.amounts.get("initial") is not None and line.amounts["initial"].value is not None:
            known["initial_ceiling"] = line.amounts["initial"].value
        printed = (line.value("ceiling"), line.value("realised"))
        comment = self.comment if printed != (ceiling, realised) else ""
        self._write(node, ceiling, realised, line.physical, known, comment)

    def _write(self, node, ceiling, realised, physical, known, comment) -> None:
        month = self.reading.month
        if month is None:
            if physical is not None:
                known["physical"] = physical
            budget.save_line(
                self.actor, nomenclature=node, ceiling=ceiling, realised=realised, comment=comment, **known
            )
            return
        held = BudgetLine.objects.filter(nomenclature=node).first()
        stood = held.realised if held is not None else 0
        line = budget.save_line(
            self.actor, nomenclature=node, ceiling=ceiling, realised=stood, comment=comment, **known
        )
        budget.record_progress(
            self.actor,
            line=line,
            month=month,
            realised=realised,
            physical=physical,
            reason=self.reason or comment,
        )

    def _missing(self) -> None:
        """Rows that the document lacks and the chosen repair adds."""
        chosen = self.reading.chosen
        for parent_key, ceiling, realised in chosen.missing if chosen else ():
            if not ceiling and not realised:
                continue
            parent = self.nodes.get(parent_key)
            if parent is None:
                raise Refused(
                    "Induk baris yang tidak tercantum tidak disimpan, jadi perbaikan ini tidak utuh."
                )
            if parent.level == NomenclatureLevel.PROGRAMME:
                parent = self._unlisted_activity(parent_key)
            node = self._create(SUB_ACTIVITY, UNLISTED_LINE, "", parent)
            self._write(node, ceiling, realised, None, {}, self.comment)
            self.outcome.saved += 1

    # --- the breakdown by type ---

    def _types(self) -> None:
        made: dict[str, SpendingType] = {}
        for position, line in enumerate(self.reading.table.of(TYPE)):
            pair = self.reading.value(line) if line.leaf else (None, None)
            if pair is None or self.reading.problems(line):
                continue
            key = re.sub(r"[^a-z0-9]+", "-", line.name.casefold()).strip("-")[:80]
            made[line.key] = budget.save_spending_type(
                self.actor,
                year=self.reading.year,
                key=key,
                name=line.name[:150],
                parent=made.get(line.parent.key) if line.parent else None,
                position=position,
                ceiling=pair[0],
                realised=pair[1],
            )
            self.outcome.saved += line.leaf

    # --- what the document prints instead ---

    def _printed(self) -> None:
        """Keep what a row prints where it differs from what is stored or computed; forget what no longer differs."""
        sums = self._computed()
        for line in self.reading.table.of(TREE):
            node = self.nodes.get(line.key)
            if node is None or line.key not in sums:
                continue
            note = self._note(line, *sums[line.key])
            if note:
                budget.keep_printed(
                    self.actor,
                    nomenclature=node,
                    ceiling=line.value("ceiling"),
                    realised=line.value("realised"),
                    percent=line.percent,
                    note=note[:300],
                )
            elif PrintedAmount.objects.filter(nomenclature=node).exists():
                budget.forget_printed(self.actor, nomenclature=node)

    def _computed(self) -> dict[str, tuple[int, int]]:
        """What each line amounts to now, by what the database holds."""
        year = self.reading.year
        parents = dict(Nomenclature.objects.filter(year=year).values_list("pk", "parent_id"))
        sums: dict[int, list[int]] = {}
        for pk, ceiling, realised in BudgetLine.objects.filter(nomenclature__year=year).values_list(
            "nomenclature_id", "ceiling", "realised"
        ):
            while pk is not None:
                held = sums.setdefault(pk, [0, 0])
                held[0] += ceiling
                held[1] += realised
                pk = parents[pk]
        return {key: tuple(sums[node.pk]) for key, node in self.nodes.items() if node.pk in sums}

    def _note(self, line: Line, ceiling: int, realised: int) -> str:
        """What the print says against the amounts, in words; "" when it agrees."""
        said = []
        for name, title, true in (("ceiling", "pagu", ceiling), ("realised", "realisasi", realised)):
            amount = line.amounts.get(name) or line.amounts.get("initial")
            if amount is None:
                continue
            if amount.unreadable:
                said.append(f"{title} tercetak “{amount.text[:40]}”")
            elif amount.value is not None and amount.value != true:
                said.append(f"{title} tercetak lain")
        if line.percent is not None and not percent_true(ceiling, realised, line.percent):
            said.append("persen tercetak tidak sama dengan hitungan")
        if not said:
            return ""
        words = f"{'; '.join(said).capitalize()}."
        return f"{words} {self.comment}".strip()
