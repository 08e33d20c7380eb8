"""Enqueue jobs from outside, as a web process does: python -m tests.ops.slow.enqueue KIND COUNT; prints their ids."""

import sys

import django
from django.db import transaction

if __name__ == "__main__":
    django.setup()

    from core.jobs import enqueue

    kind, count = sys.argv[1], int(sys.argv[2])
    with transaction.atomic():
        rows = [enqueue(kind, key=f"test-{n}") for n in range(count)]
    print(*[row.pk for row in rows])
