"""QR codes as one filled path: sharp at any size, small in the file."""

from collections.abc import Iterator

import segno
from reportlab.pdfgen.canvas import Canvas

from core.documents import style
from core.errors import Refused

VERSIONS = (10, 12, 13)
MOST_BYTES = 300
QUIET = 4
MASK = 4


def symbol(payload: str) -> segno.QRCode:
    """The symbol of a payload: level M, never boosted, the smallest of three versions. Refused above 300 bytes.

    The mask is fixed: any of the eight is valid, and trying all of them takes five times as long.
    """
    size = len(payload.encode())
    if size > MOST_BYTES:
        raise Refused(f"Isi kode QR {size} bita, batasnya {MOST_BYTES}.")
    for version in VERSIONS:
        try:
            return segno.make(payload, error="m", boost_error=False, version=version, mask=MASK, micro=False)
        except segno.DataOverflowError:
            continue
    raise Refused(f"Isi kode QR {size} bita tidak muat.")


def svg_qr(payload: str) -> str:
    """The code as an SVG element for a page: as large as its frame, with its four modules of white."""
    return symbol(payload).svg_inline(
        border=QUIET, light="#fff", omitsize=True, svgclass=None, lineclass=None, title="Kode QR kartu"
    )


def draw_qr(canvas: Canvas, code: segno.QRCode, x: float, y: float, size: float) -> float:
    """Draw a `symbol` as a square of ``size`` points with its lower left corner at (x, y); return a module's width.

    Four modules of white lie around it, outside the square. Runs of dark modules are merged, so the whole code is one
    path and one fill.
    """
    rows = code.matrix
    count = len(rows)
    module = size / count
    parts = [
        f"{start} {count - number} {end - start} 1 re"
        for number, row in enumerate(rows, start=1)
        for start, end in _runs(bytes(row))
    ]
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(module, module)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(-QUIET, -QUIET, count + 2 * QUIET, count + 2 * QUIET, stroke=0, fill=1)
    canvas.setFillColor(style.INK)
    canvas._code.append(" ".join(parts) + " f")
    canvas.restoreState()
    return module


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """The runs of dark modules of a row, as (first, one past the last)."""
    end = 0
    while (start := row.find(1, end)) >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end
