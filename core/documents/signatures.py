"""Signatures side by side: place and day, who signs as what, room for ink, the name."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import fit

SIZE, SMALL = 9.4, 8.4
LEADING = 12.4
INK = 16 * mm
GAP = 8 * mm
NO_NAME = ". . . . . . . . . . . . . . . . . . . ."


@dataclass(frozen=True)
class Party:
    """One who signs: as what, in which post, under which name."""

    role: str
    post: str
    name: str
    number: str = ""


class SignatureRow(Flowable):
    """The signatures of two or more parties in columns; never split. A missing name leaves a dotted line."""

    def __init__(self, place: str, parties: Sequence[Party]) -> None:
        """``place`` ("Cimahi, 31 Januari 2023") stands above the last column."""
        super().__init__()
        self.place, self.parties = place, list(parties)
        self.spaceBefore = 10

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The full width; room for the longest post of three lines, ink, name and number."""
        self.width = available_width
        self.column = (available_width - GAP * (len(self.parties) - 1)) / len(self.parties)
        self.posts = [
            fit(fonts.printable(party.post or " "), self.column, 4, SIZE, 6.6, field="jabatan penanda tangan")
            for party in self.parties
        ]
        self.numbered = any(party.number for party in self.parties)
        self.tallest = max(len(fitted.lines) for fitted in self.posts)
        self.height = LEADING * (3 + self.tallest + self.numbered) + INK
        return self.width, self.height

    def draw(self) -> None:
        """Draw as paragraphs in reading order, one party after the other."""
        canvas: OfficeCanvas = self.canv
        for number, (party, post) in enumerate(zip(self.parties, self.posts, strict=True)):
            x = number * (self.column + GAP)
            with canvas.mark("P"):
                y = self.height - LEADING
                if number == len(self.parties) - 1:
                    canvas.text(x, y, fonts.printable(self.place), size=SIZE)
                y -= LEADING
                canvas.text(x, y, fonts.printable(party.role), size=SMALL, colour=style.GREY)
                for line in post.lines:
                    y -= LEADING
                    canvas.text(x, y, line, face=post.face, size=post.size)
                y = self.height - LEADING * (2 + self.tallest) - INK - LEADING
                name = fit(
                    fonts.printable(party.name or NO_NAME), self.column, 1, SIZE, 6.6, bold=True, field="nama"
                )
                canvas.text(x, y, name.lines[0], face=name.face, size=name.size)
                if party.number:
                    canvas.text(x, y - LEADING, fonts.printable(party.number), size=SMALL)
