"""The performance report's strategy: statements, organisation, staff, documents, outputs, regional series.

Hundreds of rows, so they are written in bulk, each on the day of its document.
"""

import datetime as dt
import json
from decimal import Decimal

from accounts.enums import Role
from core.bulk import Step, write
from core.clock import at
from core.models.reference import EducationLevel, Region
from lkip.action_plan import QUARTERS, propose
from lkip.enums import Direction, Formula, StatementKind, TargetDocument
from lkip.models import (
    BandScale,
    Baseline,
    CrossCutting,
    ExternalStatistic,
    Indicator,
    IndicatorTarget,
    PlanDocument,
    PlannedBudget,
    QuarterTarget,
    RegionalStatistic,
    StaffMember,
    Statement,
    Unit,
)
from portal.demo.names import person_name
from portal.demo.world import World

NONE = ("", "-")
OUTPUT_SOURCE = "Register dinas"


class StrategyDesk:
    """Writes what stands around the indicators; `objectives` and `indicators` are those already made, by code."""

    def __init__(self, world: World, objectives: dict, indicators: dict[str, Indicator]) -> None:
        self.world, self.plan = world, world.city.strategy
        self.objectives, self.indicators = objectives, indicators
        self.actor = world.staff(Role.PLANNER)
        self.chance = world.chance("strategy")
        self.today = world.today
        self.units: dict[str, Unit] = {}
        self.documents: dict[str, PlanDocument] = {}

    def make(self) -> None:
        """Write everything, what others point at first."""
        self._units()
        self._staff()
        self._documents()
        self._statements()
        self._cross_cutting()
        rows = self._outputs()
        self._targets(rows)
        self._budgets(rows)
        self._quarters()
        self._regional()

    def _write(self, model, made: list, label: str, day: dt.date | None = None) -> list:
        """`made` are rows, or pairs (row, day); each gets one log line."""
        pairs = [row if isinstance(row, tuple) else (row, day or self.today) for row in made]
        for row, _ in pairs:
            row.uid = self.chance.uid()
        return write(model, [(row, [Step(at(on, 9), label, self.actor)]) for row, on in pairs])

    def _units(self) -> None:
        for position, item in enumerate(self.plan["units"]):
            unit = Unit(
                key=item["key"],
                name=item["name"],
                head_post=item.get("head", ""),
                duty=item.get("duty", ""),
                parent=self.units.get(item.get("parent")),
                position=position,
            )
            self.units[item["key"]] = self._write(Unit, [unit], "Unit dicatat")[0]

    def _staff(self) -> None:
        chance = self.world.chance("staff")
        levels = {level.code: level for level in EducationLevel.objects.all()}
        head, members = self.world.city.profile["agency"]["head_name"], []
        for row in self.world.city.staff:
            for _ in range(int(row["count"])):
                members.append(
                    StaffMember(
                        name=head if row["head"] else person_name(chance, chance.pick("MF")),
                        unit=self.units[row["unit"]],
                        post=row["post"],
                        post_class=row["post_class"],
                        grade=row["grade"],
                        education=levels[row["education"]],
                        employment=row["employment"],
                        started_on=dt.date.fromisoformat(row["started_on"]),
                        ended_on=dt.date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
                    )
                )
        self._write(StaffMember, members, "Pegawai dicatat")

    def _documents(self) -> None:
        titles, plan = self.world.city.plan["documents"], self.plan
        parties = {
            "first_name": self.world.city.profile["agency"]["head_name"],
            "first_post": plan["first"]["post"],
            "second_post": plan["second"]["post"],
        }
        made = []
        for kind, item in plan["documents"].items():
            contract = kind in (TargetDocument.PK, TargetDocument.PK_REVISED)
            document = PlanDocument(
                kind=kind,
                year=item["year"],
                to_year=item.get("to_year", item["year"]),
                title=titles[kind],
                signed_on=item["signed_on"],
                reason=item.get("reason", ""),
                **(parties if contract else {}),
            )
            made.append((document, item["signed_on"]))
        self.documents = {row.kind: row for row in self._write(PlanDocument, made, "Dokumen dicatat")}
        sheets = [
            (self._sheet(kind, key), self.documents[kind].signed_on)
            for kind, keys in plan["unit_agreements"].items()
            for key in keys
        ]
        self._write(PlanDocument, sheets, "Dokumen dicatat")

    def _sheet(self, kind: str, key: str) -> PlanDocument:
        unit, office = self.units[key], self.documents[kind]
        return PlanDocument(
            kind=kind,
            year=office.year,
            to_year=office.to_year,
            title=f"{TargetDocument(kind).label} {unit.head_post} Tahun {office.year}",
            signed_on=office.signed_on,
            reason=office.reason,
            unit=unit,
            first_name=self._head_of(unit),
            first_post=unit.head_post,
            second_name=self._head_of(unit.parent),
            second_post=unit.parent.head_post,
        )

    @staticmethod
    def _head_of(unit: Unit) -> str:
        head = unit.staff.filter(post=unit.head_post).first()
        return head.name if head else ""

    def _statements(self) -> None:
        plan, place = self.plan["statements"], 0

        def row(kind: str, text: str, **more) -> Statement:
            nonlocal place
            place += 1
            return Statement(
                kind=kind,
                text=text,
                from_year=plan["from_year"],
                to_year=plan["to_year"],
                position=place,
                **more,
            )

        made = []
        for vision in plan["vision"]:
            top = row(StatementKind.VISION, vision["text"], reference=vision["reference"])
            self._write(Statement, [top], "Visi dicatat")
            made += [
                row(StatementKind.MISSION, text, parent=top, reference=vision["reference"])
                for text in vision["missions"]
            ]
        for key, kind in (
            ("issues", StatementKind.ISSUE),
            ("legal", StatementKind.LEGAL_BASIS),
            ("duties", StatementKind.DUTY),
            ("functions", StatementKind.FUNCTION),
        ):
            made += [row(kind, text) for text in plan[key]]
        strategies = [
            row(StatementKind.STRATEGY, item["text"], objective=self.objectives[item["objective"]])
            for item in plan["strategies"]
        ]
        self._write(Statement, strategies, "Strategi dicatat")
        for strategy, item in zip(strategies, plan["strategies"], strict=True):
            made += [row(StatementKind.POLICY, text, parent=strategy) for text in item["policies"]]
        self._write(Statement, made, "Pernyataan dicatat")

    def _cross_cutting(self) -> None:
        made = [
            CrossCutting(
                nomenclature=self.world.nomenclature[item["programme"]],
                partner=item["partner"],
                contribution=item["contribution"],
                position=position,
            )
            for position, item in enumerate(self.plan["cross_cutting"])
        ]
        self._write(CrossCutting, made, "Program lintas perangkat daerah dicatat")

    # --- outputs, targets, money -------------------------------------------------------------------------------

    def _outputs(self) -> list[dict]:
        """Write the indicators that only these tables have, after the report's own, and give all their node."""
        rows = self.world.city.outputs
        place = max(indicator.position for indicator in self.indicators.values())
        new = [self._output(row, place + n) for n, row in enumerate(rows, 1) if row["formula"]]
        self.indicators |= {row.code: row for row in self._write(Indicator, new, "Indikator dibuat")}
        made = [
            ExternalStatistic(
                indicator=self.indicators[row["code"]],
                year=self.world.year,
                value=Decimal(row["interim"]),
                as_of=dt.date(self.world.year, 12, 31),
                source=self.world.city.profile["report_title"],
                waits_for=row["waits_for"],
            )
            for row in rows
            if row["interim"]
        ]
        self._write(ExternalStatistic, made, "Statistik dibuat")
        return rows

    def _output(self, row: dict, position: int) -> Indicator:
        return Indicator(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            objective=self._objective_of(row["nomenclature"]),
            position=position,
            unit=row["unit"],
            decimals=int(row["decimals"]),
            direction=row["direction"] or Direction.UP,
            formula=row["formula"],
            measure=row["measure"],
            filters=json.loads(row["filters"]) if row["filters"] else {},
            aggregation=row["aggregation"],
            nomenclature=self.world.nomenclature.get(row["nomenclature"]),
            owner=row["owner"],
            scale=BandScale.objects.get(code=row["scale"]) if row["scale"] else None,
            waits_for=row["waits_for"] or self.plan["registers"][row["nomenclature"].partition(".")[0]]
            if row["formula"] == Formula.INTERIM
            else "",
            source=OUTPUT_SOURCE
            if row["formula"] in (Formula.MEASURE, Formula.INTERIM)
            else "Penilai di luar dinas",
        )

    def _objective_of(self, key: str):
        code = self.plan["programme_objectives"].get(key.partition(".")[0])
        return self.objectives.get(code)

    def _targets(self, rows: list[dict]) -> None:
        """The report's own targets, then those of the tables; a document's own row counts once."""
        made: dict[tuple, tuple[IndicatorTarget, dt.date]] = {}
        for item in self.world.city.plan["indicators"]:
            for target in item.get("targets", []):
                self._target(made, item["code"], **target)
        main = self.world.city.outputs_document
        document, baselines = self.documents[main], []
        years = range(document.year, document.to_year + 1)
        for row in rows:
            for year, value in zip(years, row["targets"].split("|") if row["targets"] else [], strict=False):
                if value not in NONE:
                    self._target(
                        made, row["code"], year=year, document=main, value=value, category=row["category"]
                    )
            if row["baseline"] not in NONE:
                baselines.append(
                    Baseline(
                        indicator=self.indicators[row["code"]],
                        document=document,
                        year=self.plan["baseline_year"],
                        value=Decimal(row["baseline"]),
                    )
                )
        self._write(IndicatorTarget, list(made.values()), "Target dibuat")
        self._write(Baseline, baselines, "Keadaan awal dibuat", document.signed_on)

    def _target(
        self,
        made: dict,
        code: str,
        *,
        year: int,
        document: str,
        value: str,
        decree: str = "",
        category: str = "",
    ) -> None:
        """A target with a remark of its own has no dated document behind it: it counts from the day it was typed."""
        held = self.documents[document]
        target = IndicatorTarget(
            indicator=self.indicators[code],
            year=year,
            document=document,
            value=Decimal(value),
            decree=decree or held.title,
            category=category,
            reason="" if decree else held.reason[:250],
            entered_on=None if decree else held.signed_on,
        )
        made.setdefault((code, year, document), (target, self.today if decree else held.signed_on))

    def _budgets(self, rows: list[dict]) -> None:
        document, made = self.documents[self.world.city.outputs_document], []
        for row in rows:
            if row["budgets"]:
                made += [
                    self._budget(document, row["nomenclature"], document.year + place, int(amount))
                    for place, amount in enumerate(row["budgets"].split("|"))
                ]
        for kind, amounts in self.plan["budgets"].items():
            agreed = self.documents[kind]
            made += [self._budget(agreed, key, agreed.year, amount) for key, amount in amounts.items()]
        self._write(PlannedBudget, made, "Pagu indikatif dibuat")

    def _budget(self, document: PlanDocument, key: str, year: int, amount: int) -> PlannedBudget:
        node = self.world.nomenclature[key]
        return PlannedBudget(nomenclature=node, document=document, year=year, amount=amount)

    def _quarters(self) -> None:
        """The action plan of the year: a sum is cut in four, a level is repeated."""
        year, priority = self.world.year, self.world.city.plan["report"]["target_priority"]
        actions, made = self.plan["actions"], []
        for code in self.plan["quarters"]:
            indicator = self.indicators[code]
            targets = {t.document: t.value for t in indicator.targets.filter(year=year)}
            target = next(targets[document] for document in priority if document in targets)
            values = propose(target, indicator.aggregation, indicator.decimals)
            for quarter, value, action in zip(QUARTERS, values, actions.get(code, [""] * 4), strict=True):
                made.append(
                    QuarterTarget(indicator=indicator, year=year, quarter=quarter, value=value, action=action)
                )
        self._write(
            QuarterTarget, made, "Target triwulan dibuat", self.documents[TargetDocument.PK].signed_on
        )

    def _regional(self) -> None:
        told = self.plan.get("regional")
        if told is None:
            return
        regions = {region.code: region for region in Region.objects.filter(code__startswith="32")}
        made = [
            RegionalStatistic(
                indicator=self.indicators[row["indicator"]],
                region=regions[row["region"]],
                year=int(row["year"]),
                value=Decimal(row["value"]),
                as_of=dt.date(int(row["year"]), told["month"], 31),
                source=told["source"],
            )
            for row in self.world.city.regional
        ]
        self._write(RegionalStatistic, made, "Statistik wilayah dibuat")
