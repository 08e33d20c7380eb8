"""What the machine found about a file, placed where an officer reads it: under the value, at the document, on top."""

from dataclasses import dataclass, field
from dataclasses import replace as changed

from django.urls import reverse

from core.formats import date_long
from core.pages import Fact, Section
from jobseekers.models import AK1Application
from jobseekers.services.prechecks import Finding, Twin, findings

_PLACES = {
    "nik_birth_date": "nik",
    "nik_sex": "nik",
    "same_nik": "nik",
    "same_person": "name",
    "too_young": "birth",
    "nik_region": "address",
    "domicile": "address",
    "own_card": "card",
}
"""Rule of the pre-checks -> the fact under which its result stands; what is not named here stands on top."""

_FINE = {
    "nik": "Cocok dengan tanggal lahir dan jenis kelamin; tidak ada data lain dengan NIK ini",
    "name": "Tidak ada data lain dengan nama dan tanggal lahir yang sama",
}


@dataclass
class Checks:
    """The results of one file: by fact, by kind of document, the rest, and rows that may be the same person."""

    facts: dict[str, list[Finding]] = field(default_factory=dict)
    documents: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)

    def on(self, fact: Fact, key: str) -> Fact:
        """The fact with the results that belong under it, or with the word that all is well."""
        found = self.facts.get(key, [])
        if found:
            flag = "no" if any(finding.is_error for finding in found) else "wa"
            return changed(fact, flag=flag, note=" ".join(finding.for_desk for finding in found))
        if key in _FINE and fact.value:
            return changed(fact, flag="ok", note=_FINE[key])
        return fact

    def twin_section(self) -> list[Section]:
        """The rows to compare, each leading to its file."""
        if not self.twins:
            return []
        facts = [
            Fact(
                twin.why.capitalize(),
                f"{twin.full_name}, {date_long(twin.birth_date)}" if twin.birth_date else twin.full_name,
                url=reverse("jobseekers:person_detail", args=[twin.uid]),
                note="NIK sudah terverifikasi" if twin.nik_verified else "",
            )
            for twin in self.twins
        ]
        return [Section("Mungkin orang yang sama", facts)]


def checks_of(application: AK1Application) -> Checks:
    """Look at a file; a fixed number of queries."""
    checks = Checks()
    for finding in findings(application):
        checks.twins += finding.twins
        if finding.document:
            checks.documents.setdefault(finding.document, []).append(finding.for_desk)
        elif finding.code in _PLACES:
            checks.facts.setdefault(_PLACES[finding.code], []).append(finding)
        else:
            checks.rest.append(finding.for_desk)
    return checks
