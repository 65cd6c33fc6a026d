"""Search done by hand: every statement's tokens against the conditions, in plain Python."""

from pledges.models import Statement
from pledges.search.expressions import AllOf, AnyOf, Expression, Token, Without
from pledges.search.query import Search


def meets(tokens: set[str], condition: Expression) -> bool:
    match condition:
        case Token(text, is_prefix):
            return any(token.startswith(text) for token in tokens) if is_prefix else text in tokens
        case AnyOf(parts):
            return any(meets(tokens, part) for part in parts)
        case AllOf(parts):
            return all(meets(tokens, part) for part in parts)
        case Without(wanted, unwanted):
            return meets(tokens, wanted) and not meets(tokens, unwanted)


def tier_of(tokens: set[str], search: Search) -> int | None:
    """The tier, from 1, in which tokens meet a search; None where they don't or hold what is excluded."""
    if search.without and meets(tokens, search.without):
        return None
    found = [meets(tokens, tier) for tier in search.tiers]
    return found.index(True) + 1 if any(found) else None


class Oracle:
    """Knows all current statements."""

    def __init__(self) -> None:
        statements = Statement.objects.current().select_related("programme", "search_row")
        self.rows = [
            (
                statement.share,
                statement.programme.short_title.lower(),
                statement.programme_id,
                statement.position,
                statement.pk,
                {*statement.search_row.tokens.split(), *statement.search_row.facets.split()},
                statement.search_row.words,
            )
            for statement in statements
        ]

    def answer(self, search: Search) -> list[int]:
        """The keys of the statements found, best first."""
        found = []
        for *place, key, tokens, words in self.rows:
            tier = tier_of(tokens, search) if search.tiers else self._tier_without_words(tokens, search)
            phrases = all(f" {' '.join(phrase)} " in words for phrase in search.query.phrases)
            excluded = any(f" {' '.join(phrase)} " in words for phrase in search.query.excluded_phrases)
            if tier and phrases and not excluded:
                found.append((tier, *place, key))
        return [row[-1] for row in sorted(found)]

    @staticmethod
    def _tier_without_words(tokens: set[str], search: Search) -> int | None:
        return None if search.without and meets(tokens, search.without) else 1
