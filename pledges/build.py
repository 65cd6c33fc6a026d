"""Passages into statements: what became of each, and its permalink."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pledges.index import index_outdated, index_statements
from pledges.keys import statement_key
from pledges.models import Kind, Origin, Programme, ProgrammeKind, Rendering, Statement
from pledges.packing import pack
from pledges.versions import let_others_wait
from sources.ingest import Intake, take_in
from sources.models import Passage
from sources.reading import UnreadableFile
from sources.splitting import SplitText
from sources.splitting.matching import match_passages


@dataclass(frozen=True, slots=True)
class BuildReport:
    """How many passages of a programme were new, kept, carried over with changed words, or are gone."""

    new: int = 0
    kept: int = 0
    carried: int = 0
    gone: int = 0


@transaction.atomic
def read_programme(
    programme: Programme,
    data: bytes,
    file_name: str,
    language: str = "de",
    text: SplitText | None = None,
) -> BuildReport:
    """Read a file as the programme's text, or the text anew, and bring its statements after it.

    `text` is what was read from the file beforehand. Nothing that was decided on a statement is lost: it
    moves with its passage, and where the passage is gone it stays, with its page. Raises
    sources.reading.UnreadableFile, and then nothing has changed.
    """
    let_others_wait()
    intake = take_in(
        data,
        file_name,
        slug=programme.slug,
        language=language,
        former=programme.document,
        by_line=programme.kind == ProgrammeKind.DIGEST,
        text=text,
    )
    is_another = programme.document_id != intake.document.pk
    is_read_anew = intake.document is not programme.document
    programme.document = intake.document
    if is_another:
        programme.save(update_fields=["document"])
    if programme.kind == ProgrammeKind.DIGEST:
        _move_renderings(intake)
    else:
        _build_statements(programme, intake)
    _index(programme, is_read_anew)
    return BuildReport(len(intake.new), intake.kept, len(intake.reworded), len(intake.gone))


def _build_statements(programme: Programme, intake: Intake) -> None:
    passages = {
        passage.pk: passage
        for passage in Passage.objects.filter(document=intake.document)
        .select_related("section")
        .order_by("position")
    }
    # A statement that is gone keeps a passage of an older edition. Should that edition come back, the
    # passage is needed, or was read otherwise and is no more; its statement is found again by its words.
    gone = Statement.objects.filter(programme=programme).exclude(gone_since=None)
    stands = Exists(Passage.objects.filter(pk=OuterRef("passage_id")))
    gone.filter(Q(passage__in=passages) | ~stands).update(passage=None)
    statements = list(Statement.objects.filter(programme=programme).order_by("pk"))
    standing = _move_statements(statements, passages, intake)
    free = [passage for key, passage in passages.items() if key not in standing]
    _add_statements(programme, free, statements, len(passages))
    pack([programme.pk])


def _index(programme: Programme, is_read_anew: bool) -> None:
    """Let statements be found by what they say now and by what stands around them, a digest's lines too."""
    concerned = Statement.objects.filter(
        Q(programme=programme) | Q(renderings__passage__document=programme.document)
    )
    if is_read_anew:
        index_statements(set(concerned.values_list("pk", flat=True)))
    else:
        index_outdated(concerned)


def _move_statements(statements: list[Statement], passages: dict[int, Passage], intake: Intake) -> set[int]:
    """Bring the statements after their passages; return the keys of the passages that have one."""
    changed, standing = [], set[int]()
    for statement in statements:
        if statement.gone_since or statement.passage_id is None:
            continue
        before = vars(statement).copy()
        key = intake.moved.get(statement.passage_id)
        if key is None:
            _leave(statement)
        else:
            standing.add(key)
            _note_words(statement, passages[key], key in intake.reworded)
            _stand(statement, passages[key], len(passages))
        if vars(statement) != before:
            changed.append(statement)
    _save_places(changed)
    return standing


def _leave(statement: Statement) -> None:
    """The passage is gone: a former edition still has it, a file that was read anew doesn't."""
    statement.gone_since = timezone.now()
    if not Passage.objects.filter(statement=statement).exists():
        statement.passage_id = None


def _note_words(statement: Statement, passage: Passage, is_reworded: bool) -> None:
    """Keep the words that the coding was given for, until somebody has looked at the new ones."""
    if statement.wording_changed and passage.text == statement.former_text:
        statement.wording_changed, statement.reworded_at, statement.former_text = False, None, ""
    elif is_reworded:
        if not statement.wording_changed:
            statement.former_text = statement.text
        statement.wording_changed, statement.reworded_at = True, timezone.now()


def _stand(statement: Statement, passage: Passage, of: int) -> None:
    statement.passage_id = passage.pk
    statement.text = passage.text
    statement.position = passage.position
    statement.share = (passage.position - 1) / of


def _save_places(statements: list[Statement]) -> None:
    places = ["passage", "text", "position", "share", "gone_since"]
    places += ["wording_changed", "reworded_at", "former_text"]
    Statement.objects.bulk_update(statements, places, batch_size=500)


def _add_statements(programme: Programme, passages: list[Passage], known: list[Statement], of: int) -> None:
    """Make a statement of each passage; one that was gone and stands again is the same as before."""
    back = _find_again([s for s in known if s.gone_since], passages, of)
    taken = {statement.key for statement in known}
    added = []
    for passage in passages:
        if passage.pk in back:
            continue
        key = statement_key(programme.slug, passage.text, taken)
        taken.add(key)
        statement = Statement(programme=programme, key=key, kind=Kind.CONTEXT, origin=Origin.MACHINE)
        _stand(statement, passage, of)
        added.append(statement)
    Statement.objects.bulk_create(added)


def _find_again(gone: list[Statement], passages: list[Passage], of: int) -> set[int]:
    """Revive the statements that are gone and stand in the text again; return their passages' keys."""
    gone.sort(key=lambda statement: (statement.position, statement.pk))
    revived = []
    for match in match_passages([s.text for s in gone], [p.text for p in passages]):
        if match.old is not None and match.new is not None:
            statement = gone[match.old]
            statement.gone_since = None
            _note_words(statement, passages[match.new], match.how == "carried")
            _stand(statement, passages[match.new], of)
            revived.append(statement)
    _save_places(revived)
    return {statement.passage_id for statement in revived if statement.passage_id}


def _move_renderings(intake: Intake) -> None:
    """Bring the verdicts after their lines. That of a line that is gone stays with the former edition's."""
    standing = set(Passage.objects.filter(pk__in=intake.gone).values_list("pk", flat=True))
    lost = Rendering.objects.filter(passage_id__in=intake.gone - standing).count()
    if lost:
        raise UnreadableFile(
            f"{lost} lines of the digest that have a verdict are not read as lines any more; hand over "
            "a file that has them.",
            "verdicts_lost",
        )
    moved = {before for before, now in intake.moved.items() if before != now}
    renderings = list(Rendering.objects.filter(passage_id__in=moved))
    for rendering in renderings:
        rendering.passage_id = intake.moved[rendering.passage_id]
    Rendering.objects.bulk_update(renderings, ["passage"])
