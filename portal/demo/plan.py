"""The performance report's plan: budget, goals, indicators, targets, statistics, findings."""

from decimal import Decimal

from accounts.enums import Role
from core import measures
from core.models.reference import NomenclatureLevel
from lkip.enums import Aggregation
from lkip.models import BandScale, Indicator
from lkip.services import budget, plan, scales
from lkip.services.statistics import declare_register
from portal.demo.story import PlanDoesNotFit
from portal.demo.strategy import StrategyDesk
from portal.demo.world import World

_PLAIN = ("name", "level", "unit", "direction", "formula", "definition", "source", "owner")
_OPTIONAL = ("decimals", "measure", "filters", "as_of_month", "factor", "waits_for")


def make_plan(world: World) -> None:
    """Write everything that the year's figures are measured against."""
    actor = world.staff(Role.PLANNER)
    scales.load_scales(actor)
    _budget(world, actor)
    _spending(world, actor)
    settings = world.city.plan["report"]
    low, high = settings["clamp"] or (None, None)
    plan.prepare_year(
        actor,
        year=world.year,
        target_priority=settings["target_priority"],
        clamp_low=None if low is None else Decimal(low),
        clamp_high=None if high is None else Decimal(high),
        budget_source=settings["budget_source"],
        scale=BandScale.objects.get(code=settings["scale"]) if settings.get("scale") else None,
        options=settings.get("options", {}),
    )
    objectives = _objectives(world, actor)
    StrategyDesk(world, objectives, _indicators(world, actor, objectives)).make()
    for position, finding in enumerate(world.city.findings):
        plan.add_finding(
            actor,
            year=world.year,
            rule=finding["rule"],
            severity=finding["severity"],
            title=finding["title"],
            detail=finding["detail"].strip(),
            assumption=finding.get("assumption", ""),
            indicators=[
                *finding.get("indicators", ()),
                *(f"budget_{key}" for key in finding.get("budget", ())),
            ],
            position=position,
        )


def _amount(text: str) -> int | None:
    return int(text) if text else None


def _budget(world: World, actor) -> None:
    sums = {name: _sums(world.city.budget, name) for name in ("ceiling", "realised")}
    for row in world.city.budget:
        node = world.nomenclature[row["key"]]
        if row["level"] == NomenclatureLevel.SUB_ACTIVITY:
            budget.save_line(
                actor, nomenclature=node, ceiling=int(row["ceiling"]), realised=int(row["realised"])
            )
        printed = {name: _amount(row[f"printed_{name}"]) for name in ("ceiling", "realised")}
        percent = Decimal(row["printed_percent"]) if row["printed_percent"] else None
        if _contradicts(row["key"], printed, percent, sums):
            budget.keep_printed(actor, nomenclature=node, percent=percent, note=row["source_note"], **printed)


def _sums(rows: list[dict[str, str]], field: str) -> dict[str, int]:
    parents = {row["key"]: row["parent"] for row in rows}
    sums = dict.fromkeys(parents, 0)
    for row in rows:
        key = row["key"]
        while row[field] and key:
            sums[key] += int(row[field])
            key = parents[key]
    return sums


def _contradicts(key: str, printed: dict, percent: Decimal | None, sums: dict) -> bool:
    """Whether what the report prints for a row differs from what its leaves give."""
    if any(printed[name] is not None and printed[name] != sums[name][key] for name in printed):
        return True
    ceiling, realised = sums["ceiling"][key], sums["realised"][key]
    return (
        percent is not None
        and bool(ceiling)
        and abs(Decimal(realised) * 100 / ceiling - percent) > Decimal("0.005")
    )


def _spending(world: World, actor) -> None:
    made = {}
    for position, row in enumerate(world.city.spending):
        made[row["key"]] = budget.save_spending_type(
            actor,
            year=world.year,
            key=row["key"],
            name=row["name"],
            parent=made.get(row["parent"]),
            position=position,
            ceiling=_amount(row["ceiling"]),
            realised=_amount(row["realised"]),
        )


def _objectives(world: World, actor) -> dict:
    made = {}
    for place, goal in enumerate(world.city.plan["goals"]):
        row = plan.save_goal(actor, code=goal["code"], text=goal["name"], position=place)
        for number, objective in enumerate(goal["objectives"]):
            made[objective["code"]] = plan.save_objective(
                actor, code=objective["code"], goal=row, text=objective["name"], position=number
            )
    return made


def _indicators(world: World, actor, objectives: dict) -> dict[str, Indicator]:
    """Write the indicators; parts come before what is made of them, positions keep the order of the file."""
    plans = world.city.plan["indicators"]
    position = {item["code"]: place for place, item in enumerate(plans)}
    made: dict[str, Indicator] = {}
    left = list(plans)
    while left:
        ready = [item for item in left if all(part in made for part in _parts(world, item))]
        if not ready:
            raise PlanDoesNotFit(f"indicators wait for each other: {[item['code'] for item in left]}")
        for item in ready:
            made[item["code"]] = _indicator(world, actor, item, objectives, made, position[item["code"]])
        left = [item for item in left if item["code"] not in made]
    for register, start in world.city.plan["registers_complete"].items():
        declare_register(actor, register=register, complete_from=start)
    for statistic in world.city.plan["statistics"]:
        values = dict(statistic)
        indicator = made[values.pop("indicator")]
        plan.record_statistic(actor, indicator=indicator, value=Decimal(values.pop("value")), **values)
    return made


def _parts(world: World, item: dict) -> list[str]:
    parts = [
        item.get("numerator"),
        item.get("denominator"),
        world.city.strategy["comparators"].get(item["code"]),
    ]
    return [part for part in parts if part]


def _indicator(world: World, actor, item: dict, objectives: dict, made: dict, position: int) -> Indicator:
    values = {name: item[name] for name in _PLAIN} | {name: item[name] for name in _OPTIONAL if name in item}
    return plan.save_indicator(
        actor,
        code=item["code"],
        objective=objectives.get(item.get("objective")),
        numerator=made.get(item.get("numerator")),
        denominator=made.get(item.get("denominator")),
        programmes=[world.nomenclature[item["programme"]]] if item.get("programme") else [],
        position=position,
        **values,
        **_around(world, item, made),
    )


def _around(world: World, item: dict, made: dict) -> dict:
    """Why the indicator was chosen, its node of the nomenclature, its comparator, and how its quarters add up."""
    strategy, code = world.city.strategy, item["code"]
    node = next((row["nomenclature"] for row in world.city.outputs if row["code"] == code), "")
    measure = item.get("measure")
    adds_up = bool(measure) and isinstance(measures.get(measure).when, measures.Flow)
    return {
        **strategy["iku"].get(code, {}),
        "nomenclature": world.nomenclature.get(node),
        "comparator": made.get(strategy["comparators"].get(code)),
        "scale": BandScale.objects.get(code=item["scale"]) if item.get("scale") else None,
        "aggregation": Aggregation.SUM if adds_up else Aggregation.LAST,
    }
