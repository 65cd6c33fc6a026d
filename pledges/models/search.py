"""What statements are found by. Written by `pledges.index`; `manage.py rebuild_search` repairs it."""

from django.db import models

from pledges.models.statements import Statement
from pledges.search.tokens import LONGEST


class SearchRow(models.Model):
    """The tokens of a statement (see `pledges.search.tokens`), the same on every database.

    `words`: the folded words in order, for phrases; `facets`: its authors and topics, whose names find it
    too; `rules`: a fingerprint of the rules that made the tokens. The full-text index over tokens and facets
    (`pledges.full_text`) is the database's own and never written by hand.
    """

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    words = models.TextField()
    tokens = models.TextField()
    facets = models.TextField()
    rules = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.words


class SearchWord(models.Model):
    """A word that occurs in some statement, for "Meinten Sie …?"; `spelling`: as one statement spells it."""

    form = models.CharField(max_length=LONGEST, primary_key=True)
    spelling = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.spelling
