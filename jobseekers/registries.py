"""Doors through which higher rooms tell what they know about a person; they register themselves at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jobseekers.models import JobSeeker


@dataclass(frozen=True)
class OfficeTraining:
    """A training of the office that a person took part in: its name, who gave it, when, and what came of it."""

    name: str
    provider: str
    started_on: date
    ended_on: date
    result: str = ""


Source = Callable[[JobSeeker], list[OfficeTraining]]
_training_sources: list[Source] = []


def register_trainings(source: Source) -> None:
    """Let `source(person)` tell the person's trainings at the office. The same one twice is fine."""
    if source not in _training_sources:
        _training_sources.append(source)


def office_trainings(person: JobSeeker) -> list[OfficeTraining]:
    """Return the person's trainings at the office, the newest first."""
    found = [training for source in _training_sources for training in source(person)]
    return sorted(found, key=lambda training: (training.started_on, training.name), reverse=True)


_openings: list[str] = []


def register_openings(stem: str) -> None:
    """Tell by which measures vacancies are counted: `stem` leads their codes (``…_open``, ``…_filled_male``, …).

    The room of companies calls it once; form IPK III/1 asks those measures.
    """
    _openings[:] = [stem]


def openings_stem() -> str:
    """What leads the codes of the measures of vacancies; "" when no room counts them."""
    return _openings[0] if _openings else ""
