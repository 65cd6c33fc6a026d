"""What lists filter and order statements by, in a form that is read at once."""

from django.db import models

from pledges.models.politics import Programme


class PackedStatements(models.Model):
    """A programme's statements that stand in its text, packed by `pledges.packing`: derived from them alone.

    Triggers delete the row with any change of the statements; without it they are read from their own
    tables, which takes longer and gives the same. `layout` says how the rows were packed.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="packed"
    )
    layout = models.CharField(max_length=16)
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.programme_id}: {len(self.rows)} bytes"
