"""Codings as a table, so that coders can work offline: out as CSV or XLSX, back in with what they changed.

`stand` is the key of the coding that held when the table was made. A row that says what that one said is
unchanged; a row that says something else becomes an editor's coding, unless another coding holds by now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result

from pledges.coding.labels import Labels, broken_rules
from pledges.coding_log import add_codings, refresh
from pledges.differences import RULES_IN_WORDS, labelling, side_by_side
from pledges.history import coding_labels
from pledges.keys import in_batches, keys_of
from pledges.labels import holding, holding_alone, labels_of
from pledges.models import BulkChange, Coding, Commitment, Kind, Origin, Statement, Topic
from pledges.tables import as_text, harmless
from pledges.versions import let_others_wait

COLUMNS = (
    "key",
    "programme",
    "section",
    "text",
    "kind",
    "commitment",
    "measurable",
    "topics",
    "origin",
    "certainty",
    "stand",
)
# What is read again; the others are there for people.
NEEDED = ("key", "text", "kind", "commitment", "measurable", "topics", "stand")

_YES = {"yes", "ja", "true", "wahr", "1", "x"}
_NO = {"no", "nein", "false", "falsch", "0", ""}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that says something else than `before`, the coding that the coder was shown."""

    row: int
    statement: Statement
    before: Coding
    labels: Labels
    words: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ConflictingRow:
    """A row that isn't taken, as `held` came after what the coder was shown."""

    row: int
    statement: Statement
    held: Coding


class CodingResource(ModelResource):
    """The table. After an import (or a dry run of one) it knows what became of the rows.

    `made` is the change that holds all the new codings together, None where nothing was stored.
    """

    key = Field("key")
    programme = Field("programme__slug")
    section = Field()
    text = Field("text")
    kind = Field("kind")
    commitment = Field("commitment")
    measurable = Field()
    topics = Field()
    origin = Field("origin")
    certainty = Field()
    stand = Field()

    class Meta:
        model = Statement
        fields = COLUMNS
        export_order = COLUMNS
        import_id_fields = ("key",)
        skip_diff = True
        use_transactions = True
        chunk_size = 1000

    def __init__(
        self, editor: User, file_name: str = "", numbers: Sequence[int] = (), *, strict: bool = False
    ) -> None:
        """`numbers`: of the rows in the file. `strict`: store nothing at all where a row is in conflict."""
        super().__init__()
        self.editor, self.file_name, self.numbers, self.strict = editor, file_name, numbers, strict
        self.changes: list[ChangedRow] = []
        self.conflicts: list[ConflictingRow] = []
        self.unchanged = 0
        self.made: BulkChange | None = None
        self._labels: dict[int, Labels] = {}
        self._held: dict[int, Coding] = {}
        self._stand: dict[int, int] = {}

    # Out

    def before_export(self, queryset: QuerySet[Statement], **kwargs: Any) -> None:
        # The keys alone, as the codings of all statements would not fit into a worker's memory.
        for batch in in_batches(queryset.values_list("pk", flat=True)):
            self._stand |= {key: coding.pk for key, coding in holding_alone(batch).items()}

    def iter_queryset(self, queryset: QuerySet[Statement]) -> Iterable[Statement]:
        """In one query, and one for the topics of every so many; not in pages that are each sorted anew."""
        return queryset.iterator(chunk_size=self._meta.chunk_size)

    def dehydrate_section(self, statement: Statement) -> str:
        return statement.passage.section.display_title if statement.passage else ""

    def dehydrate_measurable(self, statement: Statement) -> str:
        return "yes" if statement.measurable else "no"

    def dehydrate_topics(self, statement: Statement) -> str:
        return " ".join(topic.slug for topic in statement.ordered_topics)

    def dehydrate_certainty(self, statement: Statement) -> str:
        return "" if statement.certainty is None else f"{statement.certainty:.0%}"

    def dehydrate_stand(self, statement: Statement) -> int | str:
        return self._stand.get(statement.pk, "")

    def export_resource(self, instance: Statement, *args: Any, **kwargs: Any) -> list[Any]:
        return [harmless(value) for value in super().export_resource(instance, *args, **kwargs)]

    # In

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        keys = {as_text(key) for key in dataset["key"]}
        self._statements = {s.key: s for s in Statement.objects.filter(key__in=keys)}
        pks = [statement.pk for statement in self._statements.values()]
        let_others_wait()
        self._held = holding(pks)
        self._topics = {topic.slug: topic for topic in Topic.objects.all()}
        stands = {as_text(stand) for stand in dataset["stand"]}
        codings = Coding.objects.filter(statement__in=pks, pk__in=keys_of(stands))
        self._stands = {str(c.pk): c for c in codings.prefetch_related("topics_given")}

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        for column, value in row.items():
            row[column] = as_text(value)

    def get_instance(self, instance_loader: object, row: Mapping[str, str]) -> Statement | None:
        return self._statements.get(row["key"])

    def after_init_instance(
        self, instance: Statement, new: bool, row: Mapping[str, str], **kwargs: Any
    ) -> None:
        if new:
            raise ValidationError({"key": _("„%s“ ist die Kennung keiner Aussage.") % row["key"]})
        if instance.pk in self._labels:
            raise ValidationError({"key": _("„%s“ steht schon in einer Zeile darüber.") % row["key"]})

    def import_instance(self, instance: Statement, row: Mapping[str, str], **kwargs: Any) -> None:
        errors = {}
        stand = self._stands.get(row["stand"])
        if stand is None or stand.statement_id != instance.pk:
            errors["stand"] = _(
                "Diese Spalte sagt, worauf Ihre Änderung beruht; bitte lassen Sie sie stehen."
            )
        if row["text"].split() != as_text(instance.text).split():
            errors["text"] = _("Der Wortlaut weicht von dem im Portal ab. Ist die Tabelle veraltet?")
        labels, wrong = read_labels(row, self._topics)
        if errors or wrong or labels is None:
            raise ValidationError(errors | wrong)
        self._labels[instance.pk] = labels

    def skip_row(
        self,
        instance: Statement,
        original: object,
        row: Mapping[str, str],
        import_validation_errors: Mapping[str, Any] | None = None,
    ) -> bool:
        if import_validation_errors:
            return False
        labels, held = self._labels[instance.pk], self._held[instance.pk]
        if labels in (labels_of(self._stands[row["stand"]]), labels_of(held)):
            self.unchanged += 1
            return True
        return False

    def save_instance(
        self, instance: Statement, is_create: bool, row: Mapping[str, str], **kwargs: Any
    ) -> None:
        """Note the change, or that it can't be taken; what changed is stored in one go at the end."""
        number, stand = self.numbers[kwargs["row_number"] - 1], self._stands[row["stand"]]
        held, labels = self._held[instance.pk], self._labels[instance.pk]
        if held.pk == stand.pk:
            words = _changed_labels(stand, labels, self._topics)
            self.changes.append(ChangedRow(number, instance, stand, labels, words))
        else:
            self.conflicts.append(ConflictingRow(number, instance, held))

    def save_m2m(self, instance: Statement, row: Mapping[str, str], **kwargs: Any) -> None:
        """Nothing: topics come with the coding."""

    def after_import(self, dataset: tablib.Dataset, result: Result, **kwargs: Any) -> None:
        if not self.changes or result.has_validation_errors() or (self.strict and self.conflicts):
            return
        what = _("Aus der Tabelle „%(name)s“: %(number)s Aussagen") % {
            "name": self.file_name,
            "number": len(self.changes),
        }
        self.made = BulkChange.objects.create(editor=self.editor, made_at=timezone.now(), what=what)
        found = {change.statement.pk: change.labels for change in self.changes}
        name = self.editor.get_username()
        add_codings(found, Origin.EDITOR, name, editor=self.editor, bulk_change=self.made)
        refresh(found)


def read_labels(row: Mapping[str, str], topics: Mapping[str, Topic]) -> tuple[Labels | None, dict[str, str]]:
    """Return the labels of a row, or None and what is wrong by column, in words."""
    kind, commitment, measurable = row["kind"], row["commitment"], row["measurable"].lower()
    slugs = tuple(row["topics"].replace(",", " ").replace(";", " ").split())
    unknown = {
        "kind": _unknown([kind], Kind.values),
        "commitment": _unknown([commitment], ["", *Commitment.values]),
        "measurable": "" if measurable in _YES | _NO else _unknown([row["measurable"]], ["yes", "no"]),
        "topics": _unknown(slugs, sorted(topics)),
    }
    wrong = {column: said for column, said in unknown.items() if said}
    for column, rule in broken_rules(kind, commitment, measurable in _YES, slugs).items():
        wrong.setdefault(column, str(RULES_IN_WORDS[rule]))
    if wrong:
        return None, wrong
    return Labels(kind, commitment or None, measurable in _YES, slugs), {}  # type: ignore[arg-type]


def _unknown(given: Iterable[str], values: Sequence[str]) -> str:
    """What to say of the first value that is none of those that there are, "" where all are."""
    said = _("„%(value)s“ gibt es nicht; es gibt %(values)s.")
    known = ", ".join(filter(None, values))
    return next((said % {"value": value, "values": known} for value in given if value not in values), "")


def _changed_labels(
    before: Coding, after: Labels, topics: Mapping[str, Topic]
) -> tuple[tuple[str, str, str], ...]:
    """Each label that changes with its former and its new value, for people."""
    new = labelling(after, (topics[slug].name for slug in after.topics))
    rows = side_by_side(coding_labels(before), new)
    return tuple((name, former, now) for name, former, now, is_changed in rows if is_changed)
