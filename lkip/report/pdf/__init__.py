"""The report as PDF: cover, roman front pages, running heads, notes of figures at the foot, turned wide tables."""

from lkip.report.pdf.render import render

__all__ = ["render"]
