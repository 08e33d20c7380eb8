"""QR codes as one filled path: sharp at any size, small in the file."""

import segno
from reportlab.pdfgen.canvas import Canvas

from core.documents import style
from core.errors import Refused

VERSIONS = ((213, 10), (287, 12), (331, 13))
MOST_BYTES = 300
QUIET = 4
MASK = 3


def matrix(payload: str) -> tuple[tuple[int, ...], ...]:
    """The modules of a payload: error level M, version by its length; Refused above 300 bytes."""
    size = len(payload.encode())
    if size > MOST_BYTES:
        raise Refused(f"Isi kode QR {size} bita, batasnya {MOST_BYTES}.")
    version = next(version for most, version in VERSIONS if size <= most)
    code = segno.make(
        payload, error="m", boost_error=False, version=version, mode="byte", mask=MASK, micro=False
    )
    return tuple(tuple(row) for row in code.matrix)


def draw_qr(canvas: Canvas, payload: str, x: float, y: float, size: float) -> float:
    """Draw the code on white in a square of ``size`` points, quiet zone included; return a module's width.

    (x, y) is the lower left corner. Runs of dark modules are merged, so the whole code is one path and one
    fill.
    """
    rows = matrix(payload)
    module = size / (len(rows) + 2 * QUIET)
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, size, size, stroke=0, fill=1)
    canvas.setFillColor(style.INK)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        top = y + size - (QUIET + number + 1) * module
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + (QUIET + start) * module, top, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
    return module
