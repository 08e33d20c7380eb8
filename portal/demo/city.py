"""A city's data files."""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from core.errors import Refused

CITIES = Path(__file__).resolve().parent.parent / "cities"
_FIRST = {
    "report": "Angka dari laporan kinerja yang tercetak",
    "assumed": "Anggapan, karena laporan tidak menyebutnya atau bertentangan",
    "invented": "Rekaan",
}


class UnknownCity(Refused):
    """There are no data files of this name."""


def available() -> list[str]:
    """Return the codes of the cities that can be loaded."""
    return sorted(path.parent.name for path in CITIES.glob("*/city.yaml"))


@dataclass(frozen=True)
class City:
    """One city and year: the office's profile, the plan of its records, and what its report is measured against."""

    code: str

    def _yaml(self, name: str) -> Any:
        return yaml.safe_load((CITIES / self.code / name).read_text(encoding="utf-8"))

    def _csv(self, name: str) -> list[dict[str, str]]:
        with (CITIES / self.code / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def profile(self) -> dict:
        """Office, demo day, logins, and what is the report's and what is invented."""
        return self._yaml("city.yaml")

    @cached_property
    def records(self) -> dict:
        """How many records of which kind, and how they are spread."""
        return self._yaml("records.yaml")

    @cached_property
    def plan(self) -> dict:
        """Goals, objectives, indicators, targets and outside statistics."""
        return self._yaml("lkip.yaml")

    @cached_property
    def findings(self) -> list[dict]:
        """What is wrong or assumed in the printed report."""
        return self._yaml("findings.yaml")

    @cached_property
    def budget(self) -> list[dict[str, str]]:
        """The spending tree, amounts on sub kegiatan."""
        return self._csv("budget.csv")

    @cached_property
    def spending(self) -> list[dict[str, str]]:
        """The breakdown by type of spending."""
        return self._csv("spending_types.csv")

    @cached_property
    def strategy(self) -> dict:
        """Statements, organisation, documents, and what belongs to an indicator besides its definition."""
        return self._yaml("strategy.yaml")

    @cached_property
    def staff(self) -> list[dict[str, str]]:
        """Posts with the number of people in each."""
        return self._csv("staff.csv")

    @property
    def outputs_document(self) -> str:
        """The document whose table of outputs the city has: Renstra or RKT."""
        return self.strategy["outputs"]

    @cached_property
    def outputs(self) -> list[dict[str, str]]:
        """That table: one row an indicator of the plan, with baseline, targets and money."""
        return self._csv(f"{self.outputs_document.lower()}.csv")

    @cached_property
    def regional(self) -> list[dict[str, str]]:
        """A statistic of the neighbours by year."""
        return self._csv("regional.csv")

    @cached_property
    def nomenclature(self) -> list[dict[str, str]]:
        """The spending tree, and the nodes that only the strategic plan has, each below its kegiatan."""
        rows = [dict(row) for row in self.budget]
        for extra in self.strategy["nomenclature"]:
            last = max(
                place
                for place, row in enumerate(rows)
                if row["key"] == extra["parent"] or row["parent"] == extra["parent"]
            )
            rows.insert(last + 1, {"code": "", "level": "SUB_ACTIVITY", **extra})
        return rows

    @cached_property
    def money(self) -> dict:
        """Sources of money, income, shares of programmes, sections, and notes of the quarters."""
        return self._yaml("money.yaml")

    @property
    def demo_date(self) -> dt.date:
        """The day on which the demo lives."""
        return self.profile["demo_date"]

    @property
    def year(self) -> int:
        """The year that the records fill."""
        return self.profile["year"]


def open_city(code: str) -> City:
    """Return the city of this code; raises UnknownCity with the known ones."""
    if code not in available():
        raise UnknownCity(f"Kota demo “{code}” tidak ada. Pilih salah satu: {', '.join(available())}.")
    return City(code)


def explain(city: City) -> str:
    """Return which numbers are the report's, which are assumed and which are invented, as text for a terminal."""
    lines = [city.profile["report_title"], ""]
    for part, title in _FIRST.items():
        lines += [f"{title}:", *(f"  - {line}" for line in city.profile["explain"][part]), ""]
    lines.append("Temuan pada laporan tercetak:")
    for finding in city.findings:
        assumption = f" Anggapan: {finding['assumption']}" if finding.get("assumption") else ""
        lines.append(f"  - {finding['title']}. {finding['detail'].strip()}{assumption}")
    return "\n".join(lines)
