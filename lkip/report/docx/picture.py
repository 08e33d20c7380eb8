"""Pictures in a DOCX: the file as it is, with its alternative text."""

import io
from typing import TYPE_CHECKING

from PIL import Image

from lkip.report.docx.xml import esc

if TYPE_CHECKING:
    from lkip.report.docx.render import Writer

EMU = 36_000
"""English metric units in a millimetre."""
WIDEST, TALLEST = 140, 95


def drawing(writer: "Writer", data: bytes, alt: str, *, width_mm: float = 0) -> str:
    """A run with the picture, at most 140 × 95 mm; the file is added to the package."""
    with Image.open(io.BytesIO(data)) as picture:
        wide, tall = picture.size
        kind = "png" if picture.format == "PNG" else "jpeg"
    width = width_mm or min(WIDEST, TALLEST * wide / tall)
    number = len(writer.media) + 1
    name = f"media/image{number}.{kind}"
    writer.media[f"word/{name}"] = data
    writer.relations.append((f"rIdP{number}", "image", name))
    size = f'cx="{round(width * EMU)}" cy="{round(width * tall / wide * EMU)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Gambar {number}" descr="{esc(alt)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Gambar {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rIdP{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
