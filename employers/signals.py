"""The doors by which higher floors listen to this one.

`hire_reported`: a company told whom it has taken on; placements books it. Sent with ``company`` and the facts
of the hire by the service that took the report.
`gap_offers`: asked when a job seeker lacks a skill that vacancies want; receivers return a list of offers (training
registers its courses). Sent with ``occupation``; each answer is a list of (title, URL).
"""

from django.dispatch import Signal

hire_reported = Signal()
gap_offers = Signal()
