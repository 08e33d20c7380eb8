"""The AK-1 card as PDF, both sides with photo and signed QR of final size: < 25 ms a card.

Cards of the demo, photos read from disk, payload signed each time. The rival is the same card with ReportLab's own QR
widget in the place of ours.
"""

import io
from unittest import mock

from benchmarks import harness
from benchmarks.harness import Report, Result

CARDS = 40


class Payload:
    """Stands for our symbol where the rival makes its own."""

    matrix = range(57)

    def __init__(self, text: str) -> None:
        """Keep what is to be written."""
        self.text = text


def widget(canvas, code: Payload, x: float, y: float, size: float) -> None:
    """Draw the symbol as ReportLab's QR widget does."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(size, size)
    drawing.add(QrCodeWidget(code.text, barLevel="M", barWidth=size, barHeight=size))
    renderPDF.draw(drawing, canvas, x, y)


def main() -> None:
    """Load the demo, print one PDF a card."""
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

        def ours():
            for card in cards:
                render_cards([card])

        def theirs():
            with mock.patch.object(back, "draw_qr", widget), mock.patch.object(back, "symbol", Payload):
                for card in cards:
                    render_cards([card])

        mine, rival = harness.in_turn(ours, theirs, runs=5)
        size = len(render_cards(cards[:1]))
        Report().add(
            Result(
                "AK-1 card, both sides",
                mine / CARDS * 1000,
                "ms",
                budget=25.0,
                rival="with ReportLab's QR widget",
                rival_measured=rival / CARDS * 1000,
                note=f"{size / 1024:.0f} KiB",
            )
        )


if __name__ == "__main__":
    main()
