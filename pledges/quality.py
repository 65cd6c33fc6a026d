"""Measured quality of reading and coding, over texts that the coder did not learn from.

Every text is taken the whole way, from its file: what is compared with the coded statements is what the
portal would store. A coded statement is found where a passage has the same words or nearly the same
(`sources.splitting.matching`); of a text that is coded in part, only that part counts.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pledges.analysis import units_of
from pledges.catalogue import read_catalogue
from pledges.coding import CODER_VERSION, code
from pledges.coding.evaluation import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED, Evaluation, Figure, Pair, evaluate, f1
from pledges.coding.model import Model, train
from pledges.coding.training import Coded, coded_texts, made_examples, read_rows, shipped_texts
from sources.reading import EXTENSIONS
from sources.reading.sandbox import read_untrusted
from sources.splitting import split
from sources.splitting.matching import match_passages

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A text's file with the right codings of its statements, in their order; parties are the authors' names.

    `kind`: what it is filed as in the portal, None where it isn't.
    """

    name: str
    path: Path
    texts: tuple[str, ...]
    coded: tuple[Coded, ...]
    parties: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file's coded statements: `missed` were not found, `extra` passages are too many."""

    name: str
    pairs: tuple[Pair, ...]
    missed: int
    extra: int


def measure_quality(fixtures: Path, also: Path | None, say: Say) -> dict[str, Any]:
    """Return all figures as docs/quality.json holds them.

    The shipped texts are coded one by one by a model that learnt from the others (leave one document out),
    those of the folder `also` by a model that learnt from all shipped ones. Raises UnreadableFile,
    CatalogueError, OSError or ValueError.
    """
    learnt, made = shipped_texts(), made_examples()
    held_out = []
    for file in shipped_files(fixtures):
        say(f"{file.name}: coded by what the other texts teach …")
        held_out.append(_outcome(file, train([*(t for t in learnt if t.name != file.name), *made])))
    others = []
    if also:
        model = train([*learnt, *made])
        for file in coded_files(also):
            say(f"{file.name}: coded by what the shipped texts teach …")
            others.append(_outcome(file, model))
    return {
        "date": datetime.date.today().isoformat(),  # noqa: DTZ011 - the day on this machine is meant
        "coder": CODER_VERSION,
        "leave_one_out": _figures(held_out),
        "others": _figures(others) if others else None,
    }


def shipped_files(fixtures: Path) -> list[ReferenceFile]:
    """The project's own coded texts, as programmes.toml names their files."""
    catalogue = read_catalogue(fixtures / "programmes.toml", fixtures / "topics.toml")
    names = {party.slug: party.short_name for party in catalogue.parties}
    entries = {entry.slug: entry for entry in catalogue.programmes}
    return [
        ReferenceFile(
            text.name,
            fixtures / entries[text.name].file,
            tuple(unit.text for unit in text.units),
            text.coded,
            tuple(names[slug] for slug in entries[text.name].parties),
            entries[text.name].kind,
        )
        for text in shipped_texts()
    ]


def coded_files(folder: Path) -> list[ReferenceFile]:
    """The coded texts of a folder: NAME.jsonl beside the file itself, NAME.pdf or another format."""
    found = []
    for codings in sorted(folder.glob("*.jsonl")):
        beside = [path for path in sorted(folder.glob(f"{codings.stem}.*")) if path.suffix in EXTENSIONS]
        if not beside:
            raise ValueError(f"{codings.name} has no text beside it, such as {codings.stem}.pdf.")
        for text in coded_texts(read_rows(codings)):
            words = tuple(unit.text for unit in text.units)
            found.append(ReferenceFile(codings.stem, beside[0], words, text.coded))
    if not found:
        raise ValueError(f"{folder} holds no coded text: NAME.jsonl beside NAME.pdf or another format.")
    return found


def _outcome(file: ReferenceFile, model: Model) -> Outcome:
    text = split(read_untrusted(file.path.read_bytes(), file.path.name))
    units = units_of(text)
    matches = match_passages(file.texts, [unit.text for unit in units])
    place_of = {m.old: m.new for m in matches if m.old is not None and m.new is not None}
    said = code(units, parties=file.parties, kind_of_text=file.kind, model=model)
    pairs = tuple(Pair(file.coded[old], said[new]) for old, new in sorted(place_of.items()))
    window = range(min(place_of.values(), default=0), max(place_of.values(), default=-1) + 1)
    return Outcome(file.name, pairs, len(file.texts) - len(pairs), len(window) - len(pairs))


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """All figures over the texts together, and the main ones for each."""
    whole = evaluate([pair for outcome in outcomes for pair in outcome.pairs])
    single = {outcome.name: evaluate(outcome.pairs) for outcome in outcomes}
    return {
        "statements": whole.statements,
        "figures": _named(segmentation(outcomes), whole),
        "texts": {
            outcome.name: _named(segmentation([outcome]), single[outcome.name]) for outcome in outcomes
        },
        "per_topic": {topic: {"f1": f, "count": n} for topic, (f, n) in whole.per_topic.items()},
        "confusion": _cells(whole),
        "confusion_by_text": {name: _cells(evaluation) for name, evaluation in single.items()},
        "calibration": [asdict(found) for found in whole.calibration],
        "calibration_error": whole.calibration_error,
    }


def _cells(evaluation: Evaluation) -> list[dict[str, Any]]:
    cells = sorted(evaluation.confusion.items())
    return [{"right": right, "said": said, "count": count} for (right, said), count in cells]


def segmentation(outcomes: Iterable[Outcome]) -> Figure:
    """F1 of the passages against the coded statements, with its 95 % bootstrap interval."""
    counts = np.array([(len(o.pairs), o.missed, o.extra) for o in outcomes])
    hits, missed, extra = (int(count) for count in counts.sum(axis=0))
    total = hits + missed + extra
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    shares = [hits / total, missed / total, extra / total] if total else [1.0, 0.0, 0.0]
    drawn = [f1(h, e, m) for h, m, e in rng.multinomial(total, shares, BOOTSTRAP_ROUNDS).tolist()]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(f1(hits, extra, missed), float(low), float(high))


def _named(cut: Figure, evaluation: Evaluation) -> dict[str, dict[str, float]]:
    figures: Mapping[str, Figure] = {"segmentation F1": cut} | evaluation.figures
    return {name: asdict(figure) for name, figure in figures.items()}
