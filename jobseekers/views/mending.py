"""What a returned file was returned for, as its applicant sees it: each thing by name, with the way there."""

from typing import Any

from jobseekers.enums import ApplicationState
from jobseekers.models import AK1Application
from jobseekers.services.returns import place_of
from jobseekers.views.tasklist import place_url


def to_mend(application: AK1Application) -> dict[str, Any]:
    """The points of a returned file, and the general note that the officer wrote besides."""
    if application.state != ApplicationState.RETURNED:
        return {}
    points, lines = [], application.officer_note.split("\n")
    for row in application.return_points.all():
        place = place_of(row.document, row.part)
        line = f"{place}: {row.reason}"
        if line in lines:
            lines.remove(line)
        points.append(
            {
                "place": place,
                "reason": row.reason,
                "mended_at": row.mended_at,
                "url": place_url(application, row),
            }
        )
    return {"points": points, "general_note": "\n".join(lines)}
