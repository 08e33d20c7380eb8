"""Invented names of people and companies."""

from functools import lru_cache
from pathlib import Path

import yaml

from portal.demo.chance import Chance

MALE = "M"


@lru_cache(maxsize=1)
def words() -> dict:
    """Return the words that names are made of."""
    return yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))


def person_name(chance: Chance, sex: str) -> str:
    """Return a plausible name for the sex (M or F)."""
    kind = "male" if sex == MALE else "female"
    known = words()
    first = chance.pick(known[kind])
    last = chance.pick(known[f"last_{kind}"])
    middle = chance.pick(known[f"middle_{kind}"]) if chance.happens(34) else ""
    if middle in (first, last):
        middle = ""
    return " ".join(part for part in (first, middle, last) if part)


class CompanyNames:
    """Gives out company names, each once."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.given: set[str] = set()

    def next(self) -> str:
        """Return a name that was not given out yet."""
        known = words()
        while True:
            form = self.chance.weighted(known["company_form"])
            first = self.chance.pick(known["company_first"])
            second = self.chance.pick(known["company_second"])
            third = f" {self.chance.pick(known['company_second'])}" if self.chance.happens(55) else ""
            name = f"{form} {first} {second}{third}"
            if name not in self.given and len({first, second, third.strip()}) == (3 if third else 2):
                self.given.add(name)
                return name
