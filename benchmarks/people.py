"""Made-up people, cards and placements in any number, loaded by COPY. Deterministic; no NIK at all."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db import connection

from benchmarks.bulkload import copy

YEAR = 2023
EDUCATION = ("SD", "SMP", "SMA", "SMK", "D3", "S1")
CHANNELS = ("BKK", "LPK", "SIDAKEP_ONLINE", "CPMI", "PELATIHAN", "JOB_FAIR")


def _uid(space: int, number: int) -> uuid.UUID:
    return uuid.UUID(int=(space << 64) | number)


def _first_id(model) -> int:
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def _people(first: int, count: int, villages: list[str], seed: int) -> Iterator[dict]:
    rng = random.Random(seed)
    start = date(1965, 1, 1)
    for i in range(count):
        yield {
            "uid": _uid(1, first + i),
            "full_name": f"Orang {first + i}",
            "sex": "MF"[rng.random() < 0.52],
            "birth_date": start + timedelta(days=rng.randrange(15_000)),
            "education_id": EDUCATION[min(int(rng.expovariate(0.6)), 5)],
            "village_id": villages[rng.randrange(len(villages))],
        }


def load_people(count: int, *, villages: list[str], seed: int = 1) -> int:
    """Load `count` people spread over `villages` by COPY; return the first primary key."""
    from jobseekers.models import JobSeeker

    first = _first_id(JobSeeker)
    copy(JobSeeker, _people(first, count, villages, seed))
    return first


def insert_people(count: int, *, villages: list[str], seed: int = 1) -> int:
    """The same people where there is no COPY (SQLite): plain inserts without history."""
    from django.db import transaction

    from jobseekers.models import JobSeeker

    first = _first_id(JobSeeker)
    with transaction.atomic():
        rows = (JobSeeker(**row) for row in _people(first, count, villages, seed))
        while batch := list(islice(rows, 5000)):
            JobSeeker.objects.bulk_create(batch, batch_size=500)
    return first


def load_cards(first_person: int, count: int, *, seed: int = 2) -> None:
    """Issue `count` cards to the first people, one each, spread over three years up to YEAR."""
    from jobseekers.models import AK1Application, AK1Card

    rng = random.Random(seed)
    first = _first_id(AK1Application)
    days = [date(YEAR - rng.randrange(3), 1, 1) + timedelta(days=rng.randrange(365)) for _ in range(count)]
    officer = decider()  # before the COPY: the connection is busy while it runs

    def applications():
        for i, day in enumerate(days):
            moment = f"{day} 08:00:00+07"
            yield {
                "uid": _uid(2, first + i),
                "jobseeker_id": first_person + i,
                "kind": "NEW",
                "origin": "ONLINE",
                "state": "APPROVED",
                "submitted_at": moment,
                "decided_at": moment,
                "decided_by_id": officer,
            }

    def cards():
        for i, day in enumerate(days):
            yield {
                "uid": _uid(3, first + i),
                "application_id": first + i,
                "jobseeker_id": first_person + i,
                "number": f"B{first + i:012d}",
                "kind": "NEW",
                "issued_on": day,
                "valid_until": day + timedelta(days=730),
                "state": "ACTIVE",
                "officer_name": "Petugas",
            }

    copy(AK1Application, applications())
    copy(AK1Card, cards())


_decider: list[int] = []


def decider() -> int:
    """The key of the one officer of the benchmark."""
    from accounts.models import User

    if not _decider:
        _decider.append(User.objects.create(email="bench@contoh.id", full_name="Petugas").pk)
    return _decider[0]


def load_placements(first_person: int, people: int, count: int, *, seed: int = 3) -> None:
    """Place `count` people (one job start each over three years), every twentieth reported by two channels."""
    from placements.models import ChannelReport, Placement

    rng = random.Random(seed)
    first, first_report = _first_id(Placement), _first_id(ChannelReport)
    picks = [
        (
            first_person + (i * 7919) % people,
            date(YEAR - rng.randrange(3), 1, 1) + timedelta(days=rng.randrange(365)),
            rng.randrange(6),
        )
        for i in range(count)
    ]

    def placements():
        for i, (person, day, channel) in enumerate(picks):
            yield {
                "uid": _uid(4, first + i),
                "jobseeker_id": person,
                "employer_name": f"Pemberi kerja {i % 5000}",
                "started_on": day,
                "contract_type": "FIXED_TERM",
                "primary_channel": CHANNELS[channel],
            }

    def reports():
        number = first_report
        for i, (_, day, channel) in enumerate(picks):
            for extra in range(2 if i % 20 == 0 else 1):
                yield {
                    "uid": _uid(5, number),
                    "placement_id": first + i,
                    "channel": CHANNELS[(channel + extra) % 6],
                    "reported_on": day,
                    "evidence_kind": "CONTRACT",
                    "state": "VERIFIED",
                    "decided_on": day,
                }
                number += 1

    copy(Placement, placements())
    copy(ChannelReport, reports())


def settle() -> None:
    """Let the planner know the loaded rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
