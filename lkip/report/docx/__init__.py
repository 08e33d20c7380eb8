"""The report as DOCX, written as WordprocessingML: real styles, fields, foot notes, sections."""

from lkip.report.docx.render import render

__all__ = ["render"]
