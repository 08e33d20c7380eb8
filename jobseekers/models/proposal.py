"""What a holder's application would change in the facts that an officer has verified."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ProposedFacts(models.Model):
    """New facts of a person whose old ones are verified; they wait here until the application is decided.

    `values` names only what differs from the person's row, a kelurahan by its code; the photo stands apart, so that
    its file is known to be in use. The row goes with the decision: approved facts are on the person then, others
    nowhere.
    """

    application = models.OneToOneField(
        "jobseekers.AK1Application",
        on_delete=models.CASCADE,
        related_name="proposal",
        verbose_name="permohonan",
    )
    values = models.JSONField("data yang diajukan", default=dict, blank=True, encoder=DjangoJSONEncoder)
    photo = models.ForeignKey(
        "core.StoredFile",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pas foto yang diajukan",
    )

    class Meta:
        verbose_name = "data yang diajukan"
        verbose_name_plural = "data yang diajukan"

    def __str__(self) -> str:
        return f"Data yang diajukan, {self.application}"
