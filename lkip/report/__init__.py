"""The whole report of a year: one document model, read by PDF, DOCX, XLSX, JSON and the checker of our own report.

::

    document = report.build(compute(2023))        # everything, numbers as tagged runs
    report.to_json(document); report.from_json(…)   # frozen with an edition, and read again
    report.render(document, "pdf", stamp)         # or "docx", "xlsx"; without a stamp a draft of today
"""

from lkip.report import docx, pdf, xlsx
from lkip.report.build import build, build_with_gaps, empty_sections
from lkip.report.codec import from_json, to_json
from lkip.report.model import Document
from lkip.report.outline import outline

RENDERERS = {"pdf": pdf.render, "docx": docx.render, "xlsx": xlsx.render}


def render(document: Document, form: str, stamp=None) -> bytes:
    """Return the document as a file; ``stamp`` has number, day, fingerprint and path of its edition."""
    return RENDERERS[form](document, stamp)


__all__ = ["build", "build_with_gaps", "empty_sections", "from_json", "outline", "render", "to_json"]
