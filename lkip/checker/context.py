"""Everything the rules ask about a report, read once."""

from functools import cached_property

from lkip.checker import facts as reading
from lkip.checker.columns import quotes, with_role
from lkip.checker.facts import Fact
from lkip.checker.model import Document, Finding
from lkip.checker.money import Spending, budgeted, spending, tree
from lkip.enums import Severity


class Report:
    """A document with what its numbers say."""

    def __init__(self, document: Document) -> None:
        """Take a read document; the rest is worked out when a rule asks."""
        self.document = document

    @cached_property
    def year(self) -> int:
        """The year the report is about, 0 when unknown."""
        return reading.report_year(self.document)

    @cached_property
    def facts(self) -> list[Fact]:
        """All values of indicators, tables first."""
        found = list(reading.table_facts(self.document, self.year))
        found += reading.matrix_facts(self.document, self.year)
        names = list(dict.fromkeys(f.name for f in found))
        return found + list(reading.prose_facts(self.document, self.year, names))

    @cached_property
    def clusters(self) -> list[list[Fact]]:
        """The values, one list an indicator."""
        return reading.clusters(self.facts)

    @cached_property
    def spending(self) -> list[tuple[object, list[Spending]]]:
        """The tables of pagu and realisasi with their rows."""
        pairs = ((table, spending(table)) for table in self.document.tables)
        return [(table, rows) for table, rows in pairs if rows]

    @cached_property
    def trees(self) -> list[list[Spending]]:
        """The spending tables whose rows name their levels, as trees."""
        whole = ((table, rows) for table, rows in self.spending if not quotes(table))
        made = (tree(rows) for table, rows in whole if with_role(table, "ceiling"))
        return [roots for roots in made if roots]

    @cached_property
    def budgeted(self) -> list:
        """Labels with a pagu, of all documents the report repeats."""
        return budgeted(self.document)

    def finding(
        self,
        rule: str,
        kind: str,
        title: str,
        lines,
        values,
        arithmetic: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """Make a finding of this report."""
        texts = tuple(dict.fromkeys(str(v) for v in values if str(v)))
        return Finding(rule, kind, severity, title, self.document.places(lines), texts, arithmetic)
