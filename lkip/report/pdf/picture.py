"""A photograph in the text column."""

import io

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from lkip.report.pdf.pages import BookCanvas

TALLEST = 95 * mm


class Picture(Flowable):
    """A picture as wide as the text column, never taller than a third of the page."""

    def __init__(self, data: bytes, alt: str, indent: float) -> None:
        """Take the bytes of a JPEG or PNG."""
        super().__init__()
        self.data, self.alt, self.indent = data, alt, indent
        self.size = ImageReader(io.BytesIO(data)).getSize()
        self.spaceBefore, self.spaceAfter = 8, 2

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Keep the proportions."""
        wide, tall = self.size
        width = available_width - self.indent
        self.drawn = (width, width * tall / wide)
        if self.drawn[1] > TALLEST:
            self.drawn = (TALLEST * wide / tall, TALLEST)
        return available_width, self.drawn[1]

    def draw(self) -> None:
        """Draw as one figure."""
        canvas: BookCanvas = self.canv
        with canvas.mark("Figure", alt=self.alt):
            canvas.picture(self.data, self.indent, 0, *self.drawn)
