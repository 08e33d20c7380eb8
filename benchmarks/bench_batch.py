"""A batch of 500 AK-1 cards as one PDF: > 80 cards a second of one core (< 12.5 ms a card), fixed QR mask.

Cards of the demo, photos read from disk, NIK unsealed and payload signed for each card. Measured is processor time, for
the promise is about one core and the machine may be busy. Rivals: the same cards as 500 documents of one card each, and
the batch with ReportLab's own QR widget.
"""

import gc
import io
import statistics
import time
from unittest import mock

from benchmarks import harness
from benchmarks.bench_ak1 import Payload, widget
from benchmarks.harness import Report, Result

CARDS, RUNS = 500, 3
RATE = 80


def seconds(work) -> float:
    """The processor time of one call."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Load the demo, print the batch each way in turn."""
    with harness.database("sqlite") as url:
        harness.setup(url)
        from django.core.management import call_command

        call_command("demo", "cimahi-2023", verbosity=0, stdout=io.StringIO())
        from jobseekers.documents import back
        from jobseekers.documents.ak1_card import render_cards
        from jobseekers.models import AK1Card

        cards = list(
            AK1Card.objects.exclude(jobseeker__photo=None).select_related(
                "jobseeker__education", "jobseeker__village__parent__parent", "jobseeker__photo"
            )[:CARDS]
        )
        if len(cards) < CARDS:
            raise RuntimeError(f"only {len(cards)} cards with a photo")

        def one_by_one():
            for card in cards:
                render_cards([card])

        def with_widget():
            with mock.patch.object(back, "draw_qr", widget), mock.patch.object(back, "symbol", Payload):
                render_cards(cards)

        render_cards(cards[:20])
        ways = {"batch": lambda: render_cards(cards), "single": one_by_one, "widget": with_widget}
        taken = {name: [] for name in ways}
        for _ in range(RUNS):
            for name, work in ways.items():
                taken[name].append(seconds(work))
        median = {name: statistics.median(times) / CARDS * 1000 for name, times in taken.items()}
        size = len(render_cards(cards))
        report = Report()
        for rival, words in (("single", "500 documents of one card"), ("widget", "ReportLab's QR widget")):
            report.add(
                Result(
                    "batch of 500 AK-1 cards, a card",
                    median["batch"],
                    "ms",
                    budget=1000 / RATE,
                    rival=words,
                    rival_measured=median[rival],
                    note=f"{1000 / median['batch']:.0f} cards/s, {size / 1048576:.1f} MiB",
                )
            )


if __name__ == "__main__":
    main()
