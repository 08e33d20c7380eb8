"""The year's plan for people: who is placed, trained and registered, and when. Nothing is written here."""

import datetime as dt

from jobseekers.validators import add_months
from portal.demo.chance import Chance
from portal.demo.city import City
from portal.demo.world import Person, World

FIRST_START = (1, 9)
LAST_START = (12, 14)
NEW, RENEWAL, REPLACEMENT = "NEW", "RENEWAL", "REPLACEMENT"
RENEWED_BEFORE_END = (6, 25)
"""A renewal comes so many days before the old card ends."""


class PlanDoesNotFit(ValueError):
    """The numbers of a city's plan can't all be true at once."""


def people_of(world: World) -> list[Person]:
    """Return everybody of the year with the days that matter to them."""
    chance = world.chance("story")
    people = [*_placed(world.city, chance), *_trained_only(world.city, chance)]
    rest = _cards_of_the_year(world.city) - sum(person.holder for person in people)
    if rest < 0:
        raise PlanDoesNotFit("more card holders are placed or trained than cards are issued")
    people += [Person("rest", holder=True) for _ in range(rest)]
    _seat_in_cohorts(world.city, people, chance)
    _date_placements(world, people, chance)
    _date_cards(world, people, chance)
    _date_replacements(world, people, chance)
    _date_removals(world, people, chance)
    online = world.city.records["cards"]["online"]
    for person in people:
        person.online = person.holder and chance.happens(online)
    return people + _waiting(world.city, chance)


def _cards_of_the_year(city: City) -> int:
    monthly = city.records["cards"]["monthly"]
    return sum(monthly[NEW]) + sum(monthly[RENEWAL])


def _placed(city: City, chance: Chance) -> list[Person]:
    people = []
    for number, group in enumerate(city.records["placements"]["groups"]):
        holds = chance.shuffled([n < group["with_card"] for n in range(group["persons"])])
        people += [
            Person(f"placed-{number}", tuple(group["channels"]), holder, group.get("trained", False))
            for holder in holds
        ]
    return people


def _trained_only(city: City, chance: Chance) -> list[Person]:
    training = city.records["training"]
    placed = sum(g["persons"] for g in city.records["placements"]["groups"] if g.get("trained"))
    count = sum(cohort["participants"] for cohort in training["cohorts"]) - placed
    holds = chance.shuffled([n < training["not_placed_with_card"] for n in range(count)])
    return [Person("trained", holder=holder, trained=True) for holder in holds]


def _seat_in_cohorts(city: City, people: list[Person], chance: Chance) -> None:
    seats = [n for n, c in enumerate(city.records["training"]["cohorts"]) for _ in range(c["participants"])]
    trained = [person for person in people if person.trained]
    for person, seat in zip(trained, chance.shuffled(seats), strict=True):
        person.cohort = seat


def _date_placements(world: World, people: list[Person], chance: Chance) -> None:
    plan, cohorts = world.city.records["placements"], world.city.records["training"]["cohorts"]
    fair = plan["job_fair_on"]
    for person in people:
        if not person.channels:
            continue
        earliest = dt.date(world.year, *FIRST_START)
        if person.cohort is not None:
            earliest = max(earliest, cohorts[person.cohort]["ends_on"] + dt.timedelta(days=3))
        if "JOB_FAIR" in person.channels:
            earliest = max(earliest, fair + dt.timedelta(days=2))
        person.placed_on = _day_by_month(world, earliest, plan["months"], chance)
        later = world.days.between(person.placed_on, world.today)
        person.verified_on = later[min(chance.number(1, 9), len(later) - 1)]


def _day_by_month(world: World, earliest: dt.date, months: list[int], chance: Chance) -> dt.date:
    latest = dt.date(world.year, *LAST_START)
    found = {
        month: days
        for month in range(earliest.month, latest.month + 1)
        if (
            days := world.days.between(
                max(earliest, dt.date(world.year, month, 1)), min(latest, _end(world, month))
            )
        )
    }
    weights = {month: months[month - 1] * len(found[month]) for month in found}
    month = chance.weighted(weights if any(weights.values()) else dict.fromkeys(found, 1))
    return chance.pick(found[month])


def _end(world: World, month: int) -> dt.date:
    return add_months(dt.date(world.year, month, 1), 1) - dt.timedelta(days=1)


def _date_cards(world: World, people: list[Person], chance: Chance) -> None:
    """Give each holder a card of the year, before the work they found.

    Who starts work first chooses first, among the cards issued by then: so a solution is found when there is one.
    """
    cards = sorted(
        (chance.pick(world.days.month(world.year, month)), kind)
        for kind in (NEW, RENEWAL)
        for month, count in enumerate(world.city.records["cards"]["monthly"][kind], 1)
        for _ in range(count)
    )
    holders = [person for person in people if person.holder]
    waiting = sorted((p for p in holders if p.placed_on), key=lambda p: p.placed_on)
    pool: list[tuple[dt.date, str]] = []
    for person in waiting:
        while cards and cards[0][0] < person.placed_on:
            pool.append(cards.pop(0))
        if not pool:
            raise PlanDoesNotFit(f"too few cards are issued before {person.placed_on}")
        _give(person, pool.pop(chance.number(0, len(pool) - 1)), world, chance)
    left = chance.shuffled(pool + cards)
    for person, card in zip((p for p in holders if not p.placed_on), left, strict=True):
        _give(person, card, world, chance)


def _give(person: Person, card: tuple[dt.date, str], world: World, chance: Chance) -> None:
    person.card_on, person.card_kind = card
    if person.card_kind == RENEWAL:
        ends = person.card_on + dt.timedelta(days=chance.number(*RENEWED_BEFORE_END))
        person.earlier_on = world.days.until_day(add_months(ends, -24))


def _idle_holders(people: list[Person]) -> list[Person]:
    return [p for p in people if p.group == "rest" and p.replaced_on is None and not p.removed]


def _date_replacements(world: World, people: list[Person], chance: Chance) -> None:
    for month, count in enumerate(world.city.records["cards"]["monthly"][REPLACEMENT], 1):
        for _ in range(count):
            day = chance.pick(world.days.month(world.year, month))
            able = [p for p in _idle_holders(people) if p.card_on < day]
            if able:
                chance.pick(able).replaced_on = day


def _date_removals(world: World, people: list[Person], chance: Chance) -> None:
    latest = world.today - dt.timedelta(days=10)
    for reason, count in world.city.records["cards"]["removed"].items():
        able = [p for p in _idle_holders(people) if p.card_on < latest - dt.timedelta(days=40)]
        for person in chance.some(able, count):
            days = world.days.between(person.card_on + dt.timedelta(days=30), latest)
            person.removed, person.removed_on = reason, chance.pick(days)


def _waiting(city: City, chance: Chance) -> list[Person]:
    """People whose application is not decided on the demo day, or was decided without a card."""
    cards = city.records["cards"]
    wanted = {**cards["waiting"], **cards["decided_otherwise"]}
    return [
        Person("waiting", waits=state, online=chance.happens(cards["online"]))
        for state, count in wanted.items()
        for _ in range(count)
    ]
