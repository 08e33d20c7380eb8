"""The demo cities are data files: their own arithmetic must hold before any record is made from them."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import yaml

CITIES = Path(__file__).resolve().parents[2] / "portal" / "cities"
FORMULAS = {"MEASURE", "STATISTIC", "SCORE", "INTERIM", "RATIO", "DIFFERENCE", "CHANGE"}


def rows(city: str, name: str) -> list[dict]:
    with (CITIES / city / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(city: str, name: str):
    return yaml.safe_load((CITIES / city / name).read_text(encoding="utf-8"))


def totals(table: list[dict], field: str) -> dict[str, int]:
    """Amounts stand on leaves only; a parent is the sum of what hangs below it."""
    amounts = {row["key"]: int(row[field]) for row in table if row[field]}
    parents = {row["key"]: row["parent"] for row in table}
    sums = dict.fromkeys(parents, 0)
    for key, amount in amounts.items():
        while key:
            sums[key] += amount
            key = parents[key]
    return sums


def percent(realised: int, ceiling: int) -> Decimal:
    return (Decimal(realised) * 100 / ceiling).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("city", ["cimahi-2023", "bekasi-2024"])
@pytest.mark.parametrize("table", ["budget.csv", "spending_types.csv"])
def test_keys_are_unique_parents_come_first_and_only_leaves_carry_amounts(city, table):
    seen = set()
    data = rows(city, table)
    parents = {row["parent"] for row in data}
    for row in data:
        assert row["key"] not in seen
        assert not row["parent"] or row["parent"] in seen
        seen.add(row["key"])
        assert bool(row["ceiling"]) == bool(row["realised"]) == (row["key"] not in parents)


def test_cimahi_has_every_row_of_the_spending_table_and_prints_the_same_percentages():
    data = rows("cimahi-2023", "budget.csv")
    levels = [row["level"] for row in data]
    assert [levels.count(level) for level in ("PROGRAMME", "ACTIVITY", "SUB_ACTIVITY")] == [6, 20, 44]
    ceiling, realised = totals(data, "ceiling"), totals(data, "realised")
    for row in data:
        assert ceiling[row["key"]] == int(row["printed_ceiling"])
        assert realised[row["key"]] == int(row["printed_realised"])
        assert percent(realised[row["key"]], ceiling[row["key"]]) == Decimal(row["printed_percent"])


@pytest.mark.parametrize(
    ("city", "ceiling", "realised"),
    [("cimahi-2023", 11_872_240_800, 11_141_936_138), ("bekasi-2024", 18_508_617_440, 15_450_065_461)],
)
@pytest.mark.parametrize("table", ["budget.csv", "spending_types.csv"])
def test_both_breakdowns_equal_the_total_of_the_office(city, ceiling, realised, table):
    data = rows(city, table)
    assert sum(int(row["ceiling"] or 0) for row in data) == ceiling
    assert sum(int(row["realised"] or 0) for row in data) == realised


def test_cimahi_spending_types_are_seven_rows_with_the_printed_percentages():
    data = rows("cimahi-2023", "spending_types.csv")
    ceiling, realised = totals(data, "ceiling"), totals(data, "realised")
    assert len(data) == 7
    for row in data:
        assert percent(realised[row["key"]], ceiling[row["key"]]) == Decimal(row["printed_percent"])


def test_bekasi_repair_closes_the_first_programme_and_says_where_it_departs_from_print():
    data = rows("bekasi-2024", "budget.csv")
    ceiling, realised = totals(data, "ceiling"), totals(data, "realised")
    assert (ceiling["penunjang"], realised["penunjang"]) == (15_237_730_280, 13_489_061_937)
    assert (ceiling["hi"], realised["hi"]) == (926_113_000, 743_975_000)
    for row in data:
        for printed, computed in (("printed_ceiling", ceiling), ("printed_realised", realised)):
            if row[printed] and int(row[printed]) != computed[row["key"]]:
                assert row["source_note"], row["key"]


@pytest.mark.parametrize("city", ["cimahi-2023", "bekasi-2024"])
def test_indicators_refer_to_what_exists(city):
    plan = document(city, "lkip.yaml")
    indicators = {item["code"]: item for item in plan["indicators"]}
    assert len(indicators) == len(plan["indicators"])
    goals = {goal["code"] for goal in plan["goals"]}
    objectives = {objective["code"] for goal in plan["goals"] for objective in goal["objectives"]}
    budget = {row["key"]: row for row in rows(city, "budget.csv")}
    for item in plan["indicators"]:
        assert item["formula"] in FORMULAS
        assert item.get("objective") in objectives or item.get("goal") in goals
        assert bool(item.get("measure")) == (item["formula"] == "MEASURE")
        for part in ("numerator", "denominator"):
            assert item.get(part) is None or item[part] in indicators
        assert item.get("programme") is None or budget[item["programme"]]["level"] == "PROGRAMME"
        for target in item.get("targets", []):
            assert target["document"] in plan["documents"]
            Decimal(target["value"])
    for statistic in plan["statistics"]:
        typed = indicators[statistic["indicator"]]["formula"] in {"STATISTIC", "SCORE", "INTERIM"}
        assert typed or statistic["year"] < plan["report"]["year"], "published before this system was used"
    tables = {"cimahi-2023": "renstra.csv", "bekasi-2024": "rkt.csv"}
    outputs = {row["code"] for row in rows(city, tables[city])}
    for finding in document(city, "findings.yaml"):
        assert set(finding.get("indicators", [])) <= set(indicators) | outputs
        assert set(finding.get("budget", [])) <= set(budget)


@pytest.mark.parametrize(("city", "cards"), [("cimahi-2023", 2047), ("bekasi-2024", 1200)])
def test_cards_by_kind_and_month_give_the_year(city, cards):
    monthly = document(city, "records.yaml")["cards"]["monthly"]
    assert all(len(months) == 12 for months in monthly.values())
    assert sum(monthly["NEW"]) + sum(monthly["RENEWAL"]) == cards


def test_cimahi_placement_groups_give_channels_persons_and_holders():
    groups = document("cimahi-2023", "records.yaml")["placements"]["groups"]
    by_channel: dict[str, int] = {}
    for group in groups:
        assert group["with_card"] <= group["persons"]
        for channel in group["channels"]:
            by_channel[channel] = by_channel.get(channel, 0) + group["persons"]
    assert by_channel == {
        "BKK": 371, "LPK": 49, "SIDAKEP_ONLINE": 392, "CPMI": 61, "PELATIHAN": 720, "JOB_FAIR": 242,
    }  # fmt: skip
    assert sum(group["persons"] for group in groups) == 1765
    assert sum(group["with_card"] for group in groups) == 1412


def test_cimahi_cohorts_give_funds_courses_and_certificates():
    training = document("cimahi-2023", "records.yaml")["training"]
    cohorts = training["cohorts"]
    assert len(cohorts) == 11
    assert len({cohort["programme"] for cohort in cohorts}) == 10
    fund = {name: sum(c["participants"] for c in cohorts if c["fund"] == name) for name in ("APBD", "DBHCHT")}
    assert fund == {"APBD": 295, "DBHCHT": 530}
    assert all(cohort.get("bnsp", 0) <= cohort["participants"] for cohort in cohorts)
    assert sum(cohort.get("bnsp", 0) for cohort in cohorts) == 179
    names = {programme["name"] for programme in training["programmes"]}
    aliases = [alias for programme in training["programmes"] for alias in programme["aliases"]]
    assert {cohort["programme"] for cohort in cohorts} <= names
    assert len(aliases) == len(set(aliases))
    assert not names & set(aliases)


@pytest.mark.parametrize(
    ("city", "counts"), [("cimahi-2023", {2023: 31}), ("bekasi-2024", {2023: 110, 2024: 83})]
)
def test_disputes_add_up_by_month_kind_and_outcome(city, counts):
    years = document(city, "records.yaml")["disputes"]["years"]
    assert {year["year"]: sum(year["monthly"]) for year in years} == counts
    for year in years:
        assert sum(year["kinds"].values()) == sum(year["outcomes"].values()) == counts[year["year"]]


@pytest.mark.parametrize("city", ["cimahi-2023", "bekasi-2024"])
def test_companies_of_the_two_days_fit_together(city):
    companies = document(city, "records.yaml")["companies"]
    first, second = companies["states"]
    grown = first["companies"] - companies["closed_between"] + companies["opened_between"]
    assert grown == second["companies"]
    for state in (first, second):
        assert state["decent_work"] <= state["bpjs"] <= state["companies"]
        assert state["bpjs_members"] <= state["workers"]
        assert state["foreign_companies"] <= state["foreign_workers"]


@pytest.mark.parametrize("city", ["cimahi-2023", "bekasi-2024"])
def test_activities_and_trainings_hang_on_sub_activities_of_the_budget(city):
    records = document(city, "records.yaml")
    leaves = {row["key"] for row in rows(city, "budget.csv") if row["level"] == "SUB_ACTIVITY"}
    assert {activity["sub_activity"] for activity in records["activities"]} <= leaves
    assert records["training"]["sub_activity"] in leaves


@pytest.mark.parametrize("city", ["cimahi-2023", "bekasi-2024"])
def test_every_role_has_exactly_one_login(city):
    logins = document(city, "city.yaml")["logins"]
    roles = [login["role"] for login in logins]
    assert len(roles) == len(set(roles)) == 16
    assert all(login["email"].endswith(".example") for login in logins)


TABLES = {"cimahi-2023": "renstra.csv", "bekasi-2024": "rkt.csv"}


def tree_of(city: str) -> set[str]:
    extra = {row["key"] for row in document(city, "strategy.yaml")["nomenclature"]}
    return {row["key"] for row in rows(city, "budget.csv")} | extra


@pytest.mark.parametrize("city", TABLES)
def test_outputs_refer_to_the_tree_and_each_names_a_new_or_a_known_indicator(city):
    table, known = (
        rows(city, TABLES[city]),
        {item["code"] for item in document(city, "lkip.yaml")["indicators"]},
    )
    codes = [row["code"] for row in table]
    assert len(codes) == len(set(codes))
    nodes = tree_of(city)
    for row in table:
        assert (row["code"] in known) == (not row["formula"]), row["code"]
        assert not row["nomenclature"] or row["nomenclature"] in nodes
        assert len(row["code"]) <= 60
        assert not row["waits_for"] or row["formula"] == "INTERIM"
        assert row["formula"] != "INTERIM" or not row["interim"] or row["waits_for"]


def test_the_strategic_plan_adds_up_to_the_totals_of_its_programmes():
    """Money stands on sub kegiatan; the report prints every programme, and none of the four years differs."""
    totals_by_year: dict[str, list[int]] = {}
    for row in rows("cimahi-2023", "renstra.csv"):
        if row["budgets"]:
            sums = totals_by_year.setdefault(row["nomenclature"].partition(".")[0], [0] * 4)
            for place, amount in enumerate(row["budgets"].split("|")):
                sums[place] += int(amount)
    assert totals_by_year["penempatan"] == [809_533_800, 766_119_043, 721_261_666, 732_294_468]
    assert totals_by_year["pelatihan"] == [1_959_204_000, 1_959_204_000, 1_168_000_000, 1_172_865_542]
    assert totals_by_year["hi"] == [1_397_262_200, 1_417_262_200, 1_264_264_200, 1_264_264_200]
    assert totals_by_year["transmigrasi"] == [30_000_000, 21_144_178, 0, 0]
    assert [sum(column) for column in zip(*totals_by_year.values(), strict=True)] == [
        10_663_949_709, 10_735_093_887, 9_864_244_177, 9_959_864_439,
    ]  # fmt: skip


def test_agreements_have_the_printed_totals():
    cimahi = document("cimahi-2023", "strategy.yaml")["budgets"]
    assert {kind: sum(amounts.values()) for kind, amounts in cimahi.items()} == {
        "PK": 11_728_410_809,
        "PK_REVISED": 11_872_240_800,
    }
    bekasi = document("bekasi-2024", "strategy.yaml")["budgets"]
    assert sum(bekasi["PK"].values()) == 18_724_617_449


def test_the_neighbours_are_all_there_in_all_years():
    table = rows("cimahi-2023", "regional.csv")
    assert len(table) == 27 * 3
    assert {row["year"] for row in table} == {"2021", "2022", "2023"}
    assert len({row["region"] for row in table if "." in row["region"]} | {"32.77"}) == 27
