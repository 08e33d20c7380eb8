"""Who may take an edition of the report from draft to publication."""

from core.workflow import Transition, Workflow
from lkip.enums import EditionState
from lkip.permissions import can_approve, can_plan, can_publish, can_review

EDITION = Workflow(
    EditionState,
    (
        Transition(
            "review", "Nyatakan telah direviu", (EditionState.DRAFT,), EditionState.REVIEWED,
            lambda user, edition: can_review(user),
        ),
        Transition(
            "return_", "Kembalikan ke rancangan", (EditionState.REVIEWED, EditionState.APPROVED), EditionState.DRAFT,
            lambda user, edition: can_review(user) or can_approve(user), needs_comment=True,
        ),
        Transition(
            "approve", "Setujui", (EditionState.REVIEWED,), EditionState.APPROVED,
            lambda user, edition: can_approve(user),
        ),
        Transition(
            "publish", "Terbitkan", (EditionState.APPROVED,), EditionState.PUBLISHED,
            lambda user, edition: can_publish(user),
        ),
        Transition(
            "restate", "Ganti dengan edisi baru", (EditionState.PUBLISHED,), EditionState.RESTATED,
            lambda user, edition: can_publish(user), needs_comment=True,
        ),
        Transition(
            "drop", "Batalkan rancangan", (EditionState.DRAFT,), EditionState.DROPPED,
            lambda user, edition: can_plan(user), needs_comment=True,
        ),
    ),
)  # fmt: skip
