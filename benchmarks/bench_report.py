"""The whole report of the demo city as PDF (< 3 s), DOCX (< 3 s) and XLSX (< 2 s), figures computed each time."""

import io
import json

from benchmarks import harness
from benchmarks.harness import Report, Result

YEAR = 2023
BUDGETS = {"pdf": 3.0, "docx": 3.0, "xlsx": 2.0}


def main() -> None:
    """Load the demo and make each file from nothing: figures, document, layout."""
    with harness.database("sqlite") as url:
        harness.setup(url)
        from django.core.management import call_command

        call_command("demo", "cimahi-2023", verbosity=0, stdout=io.StringIO())
        from lkip import report
        from lkip.figures import compute

        printed = Report()
        for form, budget in BUDGETS.items():
            taken = harness.timed(lambda form=form: report.render(report.build(compute(YEAR)), form), runs=3)
            size = len(report.render(report.build(compute(YEAR)), form))
            printed.add(
                Result(f"LKIP {form.upper()}", taken, "s", budget=budget, note=f"{size / 1024:.0f} KiB")
            )
        frozen = json.dumps(report.to_json(report.build(compute(YEAR))))
        again = harness.timed(lambda: report.render(report.from_json(json.loads(frozen)), "pdf"), runs=3)
        printed.add(Result("LKIP PDF of a frozen edition", again, "s", budget=BUDGETS["pdf"]))


if __name__ == "__main__":
    main()
