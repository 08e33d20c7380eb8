"""Charts as vector drawings: one message each, bars from zero, the value at the end, no legend, no axis.

Every chart is one tagged Figure whose alternative text is the sentence with its numbers. Values come as exact
numbers for the length and as written texts (core.formats) for the eye; None draws "belum ada nilai".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import Fitted, fit_together

Number = int | Decimal | Fraction
PITCH, BAR = 7.6 * mm, 4 * mm
DENSE = 14
"""Above so many bars they stand closer, so that a ranking of a province fits on its page."""
DENSE_PITCH, DENSE_BAR = 5.2 * mm, 2.8 * mm
SIZE, SMALLEST, LABEL_LEADING = 8.8, 6.6, 1.14
LABEL_ROOM = 0.45
"""Labels take at most this part of a chart's width; longer ones break."""
GAP = 3 * mm
NO_VALUE = "belum ada nilai"
CAPAIAN_END = 125


@dataclass(frozen=True)
class Bar:
    """One bar: label, exact value, the value as written; the one the text speaks of is the ``hero``.

    One ``aside`` is a reference: it stands below the others, hollow. Without a value, words in ``text`` say why.
    """

    label: str
    value: Number | None
    text: str
    hero: bool = False
    aside: bool = False


class Chart(Flowable):
    """Base: a figure with an alternative text."""

    def __init__(self, alt: str, accent: Color | None = None) -> None:
        """``alt`` says in a sentence what the chart shows, numbers included."""
        super().__init__()
        self.alt, self.accent = alt, accent or style.accent()
        self.width = self.height = 0.0
        self.spaceBefore, self.spaceAfter = 4, 10

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The full width and the chart's own height."""
        self.width, self.height = available_width, self.measure()
        return self.width, self.height

    def measure(self) -> float:
        """The height in points."""
        raise NotImplementedError

    def paint(self, canvas: OfficeCanvas) -> None:
        """Draw from (0, 0) to (width, height)."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw as one Figure."""
        canvas: OfficeCanvas = self.canv
        with canvas.mark("Figure", alt=self.alt):
            self.paint(canvas)

    @staticmethod
    def fitted(labels: Sequence[str], room: float, lines: int) -> list[Fitted]:
        """All labels of the chart in one face and one size: the largest in which each of them fits."""
        words = [fonts.printable(label) for label in labels]
        return fit_together(words, room, lines, SIZE, SMALLEST, may_cut=True, field="label grafik")

    @staticmethod
    def _label(canvas: OfficeCanvas, label: Fitted, right: float, middle: float) -> None:
        """A label of one or two lines, in the middle of its bar."""
        step = label.size * LABEL_LEADING
        y = middle - label.size * 0.34 + step * (len(label.lines) - 1) / 2
        for words in label.lines:
            canvas.text(right, y, words, face=label.face, size=label.size, align="right")
            y -= step


class BarChart(Chart):
    """Horizontal bars, largest first unless ``keep_order`` (education, age); the longest fills the width."""

    GAPS = 2

    def __init__(
        self, bars: Sequence[Bar], alt: str, *, keep_order: bool = False, accent: Color | None = None
    ) -> None:
        """Take the bars."""
        super().__init__(alt, accent)
        known = [bar for bar in bars if bar.value is not None]
        order = list if keep_order else _by_size
        self.bars = [*order([bar for bar in bars if not bar.aside]), *(bar for bar in bars if bar.aside)]
        self.most = max((bar.value for bar in known), default=0)
        self.dense = len(self.bars) > DENSE
        self.pitch, self.bar = (DENSE_PITCH, DENSE_BAR) if self.dense else (PITCH, BAR)
        self.apart = self.pitch / 2 if any(bar.aside for bar in self.bars) else 0

    def measure(self) -> float:
        """One pitch a bar, and half a one before those aside."""
        return self.pitch * len(self.bars) + self.apart + 2 * mm

    def paint(self, canvas: OfficeCanvas) -> None:
        """Draw labels, bars, values and the zero line."""
        left, room = self.measures()
        labels = self.fitted([bar.label for bar in self.bars], left - GAP, 1 if self.dense else 2)
        for number, (bar, label) in enumerate(zip(self.bars, labels, strict=True)):
            apart = self.apart if bar.aside else 0
            middle = self.height - 1 * mm - apart - self.pitch * (number + 0.5)
            self._label(canvas, label, left - GAP, middle)
            if bar.value is None:
                words = fonts.printable(no_value(bar.text))
                canvas.text(left + GAP, middle - SIZE * 0.34, words, size=SIZE, colour=style.GREY)
                continue
            end = self.draw_bar(canvas, bar, left, middle, room)
            # White behind the number, so that the tick of a scale does not strike it through.
            canvas.setFillColorRGB(1, 1, 1)
            wide = fonts.width(bar.text, fonts.BOLD, SIZE)
            canvas.rect(end + 1.6 * mm, middle - self.bar / 2, wide + 0.8 * mm, self.bar, stroke=0, fill=1)
            canvas.text(end + 2 * mm, middle - SIZE * 0.34, bar.text, face=fonts.BOLD, size=SIZE)
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.6)
        canvas.line(left, 0, left, self.height)

    def measures(self) -> tuple[float, float]:
        """Where bars begin, and how long they may be."""
        labels = [fonts.width(fonts.printable(bar.label), fonts.REGULAR, SIZE) for bar in self.bars]
        left = min(max(labels, default=0), self.width * LABEL_ROOM) + GAP
        values = max(
            (fonts.width(b.text, fonts.BOLD, SIZE) for b in self.bars if b.value is not None), default=0
        )
        return left, self.width - left - values - self.GAPS * GAP

    def draw_bar(self, canvas: OfficeCanvas, bar: Bar, left: float, middle: float, room: float) -> float:
        """Draw one bar and return where it ends."""
        length = float(room * max(bar.value, 0) / self.most) if self.most else 0
        self._rect(canvas, bar, left, middle, length)
        return left + length

    def _rect(self, canvas: OfficeCanvas, bar: Bar, left: float, middle: float, length: float) -> None:
        canvas.setFillColor(self.accent if bar.hero else style.LIGHT if bar.aside else style.MID)
        canvas.setStrokeColor(self.accent)
        canvas.setLineWidth(0.5)
        canvas.rect(left, middle - self.bar / 2, length, self.bar, stroke=int(bar.aside), fill=1)


def _by_size(bars: Sequence[Bar]) -> list[Bar]:
    """Largest first; those without a value at the end."""
    return sorted(bars, key=lambda bar: (bar.value is None, -(bar.value or 0)))


def no_value(text: str) -> str:
    """What stands where a bar has no value: the words that say why, or that there is none."""
    return text if any(letter.isalpha() for letter in text) else NO_VALUE


class ShareBar(Chart):
    """A whole of two parts as one bar; the values stand inside where a part is 25 mm wide, else below."""

    HEIGHT = 6.4 * mm

    def __init__(self, first: Bar, second: Bar, alt: str, *, accent: Color | None = None) -> None:
        """Take both parts."""
        super().__init__(alt, accent)
        self.parts = (first, second)

    def measure(self) -> float:
        """The bar and the line of labels below."""
        return self.HEIGHT + 5 * mm

    def paint(self, canvas: OfficeCanvas) -> None:
        """Draw both parts and their words."""
        total = sum(part.value or 0 for part in self.parts)
        if not total:
            canvas.text(0, self.height - SIZE, NO_VALUE, size=SIZE, colour=style.GREY)
            return
        cut = float(self.width * (self.parts[0].value or 0) / total)
        base = self.height - self.HEIGHT
        canvas.setFillColor(style.LIGHT)
        canvas.setStrokeColor(self.accent)
        canvas.setLineWidth(0.5)
        canvas.rect(cut, base, self.width - cut, self.HEIGHT, stroke=1, fill=1)
        canvas.setFillColor(self.accent)
        canvas.rect(0, base, cut, self.HEIGHT, stroke=1, fill=1)
        white = Color(1, 1, 1)
        for part, left, right, colour in (
            (self.parts[0], 0, cut, white),
            (self.parts[1], cut, self.width, style.INK),
        ):
            if right - left >= 25 * mm:
                canvas.text(
                    left + 2 * mm, base + 2.1 * mm, part.text, face=fonts.BOLD, size=SIZE, colour=colour
                )
        words = [f"{part.label} {part.text}" for part in self.parts]
        canvas.text(0, base - 4 * mm, fonts.printable(words[0]), size=7.6, colour=style.GREY)
        canvas.text(
            self.width, base - 4 * mm, fonts.printable(words[1]), size=7.6, colour=style.GREY, align="right"
        )


@dataclass(frozen=True)
class Pair:
    """Two percentages of one thing: hollow dot (first) and filled dot (second)."""

    label: str
    first: Number | None
    second: Number | None
    first_text: str
    second_text: str


class DotChart(Chart):
    """Two percentages a row as two dots joined by a line on a shared axis, 100 % marked.

    A key names the dots.
    """

    ROW = 9.5 * mm

    def __init__(
        self, pairs: Sequence[Pair], keys: tuple[str, str], alt: str, *, accent: Color | None = None
    ) -> None:
        """Take the pairs and the names of the hollow and the filled dot."""
        super().__init__(alt, accent)
        self.pairs, self.keys = list(pairs), keys
        known = [value for pair in pairs for value in (pair.first, pair.second) if value is not None]
        self.low = min([*known, 100], default=0) // 10 * 10
        self.high = max(-(-max([*known, 100]) // 10) * 10, self.low + 10)

    def measure(self) -> float:
        """One row a pair, the key and the axis."""
        return self.ROW * len(self.pairs) + 12 * mm

    def paint(self, canvas: OfficeCanvas) -> None:
        """Draw key, grid, axis and dots."""
        left = min(
            max(
                (fonts.width(fonts.printable(pair.label), fonts.REGULAR, SIZE) for pair in self.pairs),
                default=0,
            ),
            self.width * 0.4,
        )
        self.left, self.room = left + 2 * GAP, self.width - left - 4 * GAP
        self._grid(canvas)
        labels = self.fitted([pair.label for pair in self.pairs], left, 2)
        for number, (pair, label) in enumerate(zip(self.pairs, labels, strict=True)):
            y = self.height - 7 * mm - self.ROW * (number + 0.6)
            self._label(canvas, label, left, y)
            self._pair(canvas, pair, y)
        self._key(canvas)

    def _x(self, value: Number) -> float:
        return self.left + float(self.room * (value - self.low) / (self.high - self.low))

    def _grid(self, canvas: OfficeCanvas) -> None:
        step = 10 if self.high - self.low <= 80 else 25
        for tick in range(int(self.low), int(self.high) + 1, step):
            x = self._x(tick)
            canvas.setStrokeColor(style.INK if tick == 100 else style.RULE)
            canvas.setLineWidth(0.7 if tick == 100 else 0.3)
            canvas.line(x, 5 * mm, x, self.height - 7 * mm)
            canvas.text(x, 1.5 * mm, str(tick), size=7.2, colour=style.GREY, align="centre")

    def _pair(self, canvas: OfficeCanvas, pair: Pair, y: float) -> None:
        points = [(pair.first, pair.first_text, False), (pair.second, pair.second_text, True)]
        known = [(self._x(value), text, filled) for value, text, filled in points if value is not None]
        canvas.setStrokeColor(style.MID)
        canvas.setLineWidth(1.2)
        if len(known) == 2:
            canvas.line(known[0][0], y, known[1][0], y)
        if not known:
            canvas.text(self.left, y - 3, NO_VALUE, size=SIZE, colour=style.GREY)
        for x, text, filled in known:
            canvas.setStrokeColor(self.accent)
            canvas.setFillColor(self.accent if filled else Color(1, 1, 1))
            canvas.circle(x, y, 1.5 * mm, stroke=1, fill=1)
            self._value(canvas, text, x, y, known)

    def _value(self, canvas: OfficeCanvas, text: str, x: float, y: float, known: list) -> None:
        """The value above its dot, on white; two values that would touch move apart."""
        width = fonts.width(text, fonts.BOLD, 7.6)
        shift = 0.0
        if len(known) == 2:
            other = known[1][0] if known[0][0] == x and known[0][1] == text else known[0][0]
            if abs(other - x) < width + 4:
                shift = (width + 4 - abs(other - x)) / 2 * (1 if x >= other else -1)
        x = min(max(x + shift, self.left + width / 2), self.width - width / 2)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(x - width / 2 - 1, y + 2 * mm, width + 2, 7.4, stroke=0, fill=1)
        canvas.text(x, y + 2.5 * mm, text, face=fonts.BOLD, size=7.6, align="centre")

    def _key(self, canvas: OfficeCanvas) -> None:
        x, y = self.left, self.height - 3 * mm
        for words, filled in zip(self.keys, (False, True), strict=True):
            canvas.setStrokeColor(self.accent)
            canvas.setLineWidth(1.2)
            canvas.setFillColor(self.accent if filled else Color(1, 1, 1))
            canvas.circle(x + 1.5 * mm, y + 2.4, 1.5 * mm, stroke=1, fill=1)
            canvas.text(x + 4.5 * mm, y, fonts.printable(words), size=7.6, colour=style.GREY)
            x += 9 * mm + fonts.width(fonts.printable(words), fonts.REGULAR, 7.6)


class CapaianChart(BarChart):
    """Achievement in per cent.

    Bars run 0–125 with a dotted tick at 100; beyond 125 a gap, and the number says it.
    """

    GAPS = 3

    def paint(self, canvas: OfficeCanvas) -> None:
        """Draw on the fixed scale."""
        left, room = self.measures()
        tick = left + room * 100 / CAPAIAN_END
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.6)
        canvas.setDash(1, 2)
        canvas.line(tick, 0, tick, self.height)
        canvas.setDash()
        super().paint(canvas)

    def draw_bar(self, canvas: OfficeCanvas, bar: Bar, left: float, middle: float, room: float) -> float:
        """Up to the end of the scale; a piece apart says that the number goes on."""
        length = float(room * min(max(bar.value, 0), CAPAIAN_END) / CAPAIAN_END)
        self._rect(canvas, bar, left, middle, length)
        if bar.value > CAPAIAN_END:
            canvas.rect(left + length + 1.2 * mm, middle - self.bar / 2, 1.6 * mm, self.bar, stroke=0, fill=1)
            length += 2.8 * mm
        return left + length
