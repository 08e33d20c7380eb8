"""Sources of money, income, which programme serves which objective, and the quarters' notes."""

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership
from accounts.services.institutions import create_institution
from core.workflow import revise
from lkip.models import BudgetLine, IncomeLine, Indicator, Objective
from lkip.services import budget, quarters
from portal.demo.world import World


def make_money(world: World) -> None:
    """Write what the city's money.yaml holds; the budget and the indicators are there."""
    actor, plan = world.staff(Role.PLANNER), world.city.money
    for key, amounts in plan["funding"].items():
        line = BudgetLine.objects.get(nomenclature=world.nomenclature[key])
        budget.set_funding(actor, line=line, amounts=amounts)
    _income(world, actor, plan["income"])
    objectives = {objective.code: objective for objective in Objective.objects.all()}
    for key, shares in plan["shares"].items():
        given = {objectives[code]: share for code, share in shares.items()}
        budget.set_shares(actor, nomenclature=world.nomenclature[key], shares=given)
    _sections(world, actor, plan["sections"])
    _notes(world, plan["notes"])


def _income(world: World, actor, rows: list[dict]) -> None:
    made: dict[str, IncomeLine] = {}
    for position, row in enumerate(rows):
        made[row["key"]] = budget.save_income(
            actor,
            year=world.year,
            key=row["key"],
            name=row["name"],
            parent=made.get(row.get("parent")),
            position=position,
            target=row.get("target"),
            realised=row.get("realised"),
        )


def _sections(world: World, actor, names: list[str]) -> None:
    """The sections of the office answer for the followed indicators of their name; the demo's head leads the first."""
    made: dict[str, Institution] = {}
    for name in names:
        made[name] = create_institution(actor=None, kind=InstitutionKind.SECTION, name=name)
    for indicator in Indicator.objects.filter(level__in=quarters.NOTED_LEVELS, owner__in=made):
        revise(
            indicator,
            actor=actor,
            version=indicator.version,
            label="Bidang ditetapkan",
            section=made[indicator.owner],
        )
    head = Membership.objects.get(user=world.staff(Role.SECTION_HEAD), role=Role.SECTION_HEAD)
    revise(head, actor=None, version=head.version, label="Bidang ditetapkan", institution=made[names[0]])


def _notes(world: World, notes: list[dict]) -> None:
    head, planner = world.staff(Role.SECTION_HEAD), world.staff(Role.PLANNER)
    indicators = {i.code: i for i in Indicator.objects.filter(code__in={note["indicator"] for note in notes})}
    for note in notes:
        indicator = indicators[note["indicator"]]
        quarters.write_note(
            head if quarters.may_note(head, indicator) else planner,
            indicator=indicator,
            year=world.year,
            quarter=note["quarter"],
            supporting=note.get("supporting", ""),
            cause=note.get("cause", ""),
            follow_up=note.get("follow_up", ""),
        )
