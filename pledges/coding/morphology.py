"""The grammar of a statement that tells pledges apart: clauses, who acts, modal verbs, tense, voice, verbs.

No parser: German marks its clauses by commas and conjunctions and keeps the verb at fixed places, which is
enough for these questions and takes microseconds.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pledges.coding.lexicon import LEXICON_FOLDER
from pledges.coding.verbs import Reading, readings_of, separable_prefixes, separated_reading
from pledges.coding.words import Word, words_of

with (LEXICON_FOLDER / "grammar.toml").open("rb") as _file:
    _CLASSES = tomllib.load(_file)
_MODAL_OF = {form: name for name, forms in _CLASSES["modals"].items() for form in forms.split()}
_SUBORDINATORS = frozenset(_CLASSES["subordinators"].split())
_RELATIVES = frozenset(_CLASSES["relatives"].split())
_PREPOSITIONS = frozenset(_CLASSES["prepositions"].split())
_PARTY_WORDS = frozenset(_CLASSES["party_words"].split())
_NAME_FILLERS = frozenset(_CLASSES["name_fillers"].split())
_ADVERBS_IN_T = frozenset(_CLASSES["adverbs_in_t"].split())
_AFTER_VERB = frozenset(_CLASSES["after_verb"].split())
_OBLIGING = frozenset(("should", "must", "want", "wish", "may"))
_JOINED = frozenset(("will", "want", "wish"))
_SENTENCE_MARKS = frozenset(".;:!?")
_CLAUSE_MARKS = frozenset(",;:–—().!?")
_PARTICIPLE = re.compile(
    r"(?:\w{2,8})?ge\w{2,}(?:t|en)|\w+iert|(?:be|ver|er|ent|zer|über|unter|wider|miss)\w{2,}t"
)
_ADJECTIVE_IN_T = re.compile(r"\w+(?:ent|ant|weit|haft|recht|dicht|fest|wert|reift)")
_PRETERITE = re.compile(r"\w+(?:ier|ig|el|er|ütz|üh|ell|etz|än|ick)ten")
_INFINITIVE = re.compile(r"\w{2,}(?:en|ern|eln)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words between clause marks; `is_main` unless a conjunction or relative pronoun opens it.

    `finite` are the classes (grammar.toml) of its finite modal and auxiliary verbs. `ends_done`: it ends as
    in "saniert werden"; `ends_werden`: as in "zuverlässiger werden".
    """

    start: int
    end: int
    is_main: bool
    opener: str
    finite: frozenset[str]
    has_participle: bool
    ends_done: bool
    ends_werden: bool
    ends_sein: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the words of a statement show of it as a sentence.

    `modals` are the finite modal and auxiliary verbs of main clauses by their class in grammar.toml;
    `we_verbs` are the readings of the verb whose subject is the party, `verbs` all.
    `is_passive`: wird saniert; `is_future`: werden sanieren; `is_perfect`: wurde, hat saniert;
    `must_be_done`: soll, muss saniert werden; `must_become`: soll, muss zuverlässiger werden;
    `must_be`: soll, muss … sein; `enables`: sollen teilhaben können.
    """

    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    modals: frozenset[str]
    we_acts: bool
    we_modals: frozenset[str]
    we_verbs: tuple[Reading, ...]
    verbs: tuple[Reading, ...]
    has_finite: bool
    ends_infinitive: bool
    is_passive: bool
    is_future: bool
    is_perfect: bool
    must_be_done: bool
    must_become: bool
    must_be: bool
    enables: bool


def party_words(parties: tuple[str, ...]) -> frozenset[str]:
    """The words that name the authors: the given names' and what German parties are commonly called."""
    given = {word.form for name in parties for word in words_of(name) if word.is_word and len(word.form) > 1}
    return (frozenset(given) - _NAME_FILLERS) | _PARTY_WORDS


def clauses_of(words: tuple[Word, ...]) -> tuple[Clause, ...]:
    """Cut at clause marks; a clause is main unless its opener says otherwise."""
    bounds = [-1, *(i for i, word in enumerate(words) if word.text in _CLAUSE_MARKS), len(words)]
    return tuple(
        _clause(words, before + 1, after) for before, after in pairwise(bounds) if after > before + 1
    )


def _clause(words: tuple[Word, ...], start: int, end: int) -> Clause:
    opener, is_main = _opening(words, start, end)
    forms = _lower(words, start, end)
    ends_werden = "werden" in forms[-2:]
    is_done = ends_werden and _is_done(words, start, end)
    return Clause(
        start=start,
        end=end,
        is_main=is_main,
        opener=opener,
        finite=_finite_modals(words, start, end, is_main),
        has_participle=any(is_participle(form) for form in forms),
        ends_done=is_done,
        ends_werden=ends_werden and not is_done,
        ends_sein="sein" in forms[-2:] or "bleiben" in forms[-2:],
    )


def _is_done(words: tuple[Word, ...], start: int, end: int) -> bool:
    """Whether a participle stands before the last "werden" of a clause."""
    last = max(i for i in range(start, end) if words[i].form == "werden")
    return last > start and not words[last - 1].is_capital and is_participle(words[last - 1].form)


def _opening(words: tuple[Word, ...], start: int, end: int) -> tuple[str, bool]:
    """The word that opens a clause, and whether the clause is a main one."""
    opener = words[start].form
    second = words[start + 1].form if start + 1 < end else ""
    after_comma = start > 0 and words[start - 1].text == ","
    if opener in _PREPOSITIONS and second in _RELATIVES and after_comma:
        return second, not _ends_in_verb(words, start, end)
    if opener in ("und", "oder", "aber", "auch", "sondern") and second in _SUBORDINATORS:
        return second, False
    if opener in _SUBORDINATORS:
        return opener, second in _MODAL_OF
    return opener, not (after_comma and opener in _RELATIVES and _ends_in_verb(words, start, end))


def _ends_in_verb(words: tuple[Word, ...], start: int, end: int) -> bool:
    """Whether the finite verb of a clause stands at its end, as in a relative clause, and not before."""
    last = words[end - 1]
    early = any(word.form in _MODAL_OF and not word.is_capital for word in words[start + 1 : end - 2])
    is_verb = last.form in _MODAL_OF or last.form.endswith(("t", "n", "de", "te"))
    return not early and not last.is_capital and is_verb


def _finite_modals(words: tuple[Word, ...], start: int, end: int, is_main: bool) -> frozenset[str]:
    """The finite ones: the first of a main clause and those after "und"; the last of a subordinate one."""
    places = [
        i
        for i in range(start, end)
        if words[i].form in _MODAL_OF and (not words[i].is_capital or i == start or words[i].text.isupper())
    ]
    if not places:
        return frozenset()
    if not is_main:
        return frozenset((_MODAL_OF[words[places[-1]].form],))
    # "haben … begonnen und werden … fortsetzen": the second verb shares the subject.
    joined = [i for i in places[1:] if words[i - 1].form in ("und", "oder", "sondern", "aber", "bzw")]
    return frozenset(_MODAL_OF[words[i].form] for i in (places[0], *joined))


def _prefixes(words: tuple[Word, ...], clauses: tuple[Clause, ...]) -> list[str]:
    """For each clause the separable prefix that its verb may have left before a mark or "und", here or later.

    What stands behind a full stop, colon or semicolon belongs to another verb.
    """
    found: list[str] = []
    for clause in clauses:
        prefix = ""
        for i in range(clause.start + 1, len(words)):
            if words[i].text in _SENTENCE_MARKS:
                break
            if (
                not words[i].is_capital
                and words[i].form in separable_prefixes()
                and _is_left_behind(words, i)
            ):
                prefix = words[i].form
                break
        found.append(prefix)
    return found


def _is_left_behind(words: tuple[Word, ...], place: int) -> bool:
    following = words[place + 1] if place + 1 < len(words) else None
    return following is None or not following.is_word or following.form in ("und", "sowie", "oder")


def _verb_readings(words: tuple[Word, ...], clause: Clause, prefix: str) -> Iterator[tuple[int, Reading]]:
    for i in range(clause.start, clause.end):
        if words[i].is_capital and i != clause.start:
            continue
        apart = separated_reading(words[i].form, prefix) if prefix and clause.is_main else None
        if apart:
            yield i, apart
        else:
            yield from ((i, reading) for reading in readings_of(words[i].form))


def _is_subject(words: tuple[Word, ...], place: int, names: frozenset[str]) -> bool:
    word, before = words[place], words[place - 1] if place else None
    if word.form == "partei":
        return before is not None and (before.is_capital or before.form in ("unsere", "die"))
    if before is not None and before.form in ("uns", "für", "von"):
        return False
    return word.form == "wir" or (word.is_capital and word.form in names)


def _finite_beside(words: tuple[Word, ...], place: int, clause: Clause) -> list[int]:
    """Where the finite verb of a subject may stand: next to it, or at the end of a subordinate clause."""
    if not clause.is_main:
        return [i for i in (clause.end - 1, clause.end - 2) if i > place]
    # "will sich die FDP": articles and pronouns stand between a named party and its verb, never with wir.
    steps = (1, -1) if words[place].form == "wir" else (1, -1, 2, -2, -3)
    beside = [place + step for step in steps if clause.start <= place + step < clause.end]
    return [i for i in beside if not words[i].is_capital or i == clause.start or words[i].text.isupper()]


def _acts_now(reading: Reading, word: Word, subject: Word) -> bool:
    if reading.form == "infinitive":
        return subject.form != "partei"
    return reading.form == "stem" and (subject.form != "wir" or word.form.endswith("n"))


def _we_verbs(
    words: tuple[Word, ...], clauses: tuple[Clause, ...], prefixes: list[str], names: frozenset[str]
) -> tuple[frozenset[str], tuple[Reading, ...]]:
    modals: set[str] = set()
    verbs: list[Reading] = []
    for clause, prefix in zip(clauses, prefixes, strict=True):
        places = [i for i in range(clause.start, clause.end) if _is_subject(words, i, names)]
        found = list(_verb_readings(words, clause, prefix)) if places else []
        for place in places:
            beside = _finite_beside(words, place, clause)
            ours = {_MODAL_OF[words[i].form] for i in beside if words[i].form in _MODAL_OF}
            modals.update((ours and clause.finite & (ours | _JOINED)) or frozenset())
            if ours:
                continue
            known = [r for i, r in found if i in beside and _acts_now(r, words[i], words[place])]
            # "Wir stehen zu unserer Verantwortung und werden Menschen aufnehmen": one subject, two verbs.
            if known and clause.is_main:
                modals.update(_joined_modals(words, clause))
            verbs.extend(known or _unknown_verbs(words, clause, beside))
    return frozenset(modals), tuple(verbs)


def _joined_modals(words: tuple[Word, ...], clause: Clause) -> Iterator[str]:
    for before, word in pairwise(words[clause.start : clause.end]):
        if before.form == "und" and not word.is_capital and _MODAL_OF.get(word.form) in _JOINED:
            yield _MODAL_OF[word.form]


def _unknown_verbs(words: tuple[Word, ...], clause: Clause, places: list[int]) -> list[Reading]:
    """A verb that no list knows beside us: "krempeln wir um"."""
    if clause.finite or not clause.is_main:
        return []
    forms = [words[i].form for i in places if words[i].is_word and not words[i].is_capital]
    unknown = [form for form in forms if not readings_of(form) and is_infinitive(form)]
    return [Reading(form, "past" if _PRETERITE.fullmatch(form) else "other", "stem") for form in unknown][:1]


def is_participle(form: str) -> bool:
    """Whether a folded word looks like a participle II (erweitert, ausgebaut, saniert)."""
    known = readings_of(form)
    if known:
        return any(reading.form == "participle" for reading in known)
    return bool(_PARTICIPLE.fullmatch(form))


def is_infinitive(form: str) -> bool:
    """Whether a folded word looks like an infinitive; nouns must be told apart by their capital before."""
    known = readings_of(form)
    if known:
        return any(reading.form in ("infinitive", "zu-infinitive") for reading in known)
    return bool(_INFINITIVE.fullmatch(form)) and form not in _MODAL_OF and form not in _ADVERBS_IN_T


def _lower(words: tuple[Word, ...], start: int, end: int) -> list[str]:
    return [word.form for word in words[start:end] if word.is_word and not word.is_capital]


def _looks_finite(words: tuple[Word, ...], clause: Clause) -> bool:
    """Whether a main clause without modal or auxiliary shows some other finite verb.

    An uninflected word in -t can then be no participle; one in -en that no noun follows is no adjective.
    """
    if not clause.is_main or clause.finite:
        return bool(clause.finite)
    return any(_finite_at(words, clause, i) for i in range(clause.start + (clause.start == 0), clause.end))


def _finite_at(words: tuple[Word, ...], clause: Clause, place: int) -> bool:
    word, form = words[place], words[place].form
    if word.is_capital or not word.is_word or form in _ADVERBS_IN_T:
        return False
    # Without an auxiliary an uninflected word in -t can be no participle: it is the finite verb.
    if form.endswith("t") and len(form) > 3:
        return not _ADJECTIVE_IN_T.fullmatch(form)
    if place + 1 >= clause.end or words[place - 1].form == "zu" or not is_infinitive(form):
        return False
    following = words[place + 1]
    if readings_of(form) and words[place - 1].is_capital and following.form not in ("und", "oder"):
        return True
    return not following.is_capital and following.form in _AFTER_VERB


def _bare_infinitive(words: tuple[Word, ...], clauses: tuple[Clause, ...]) -> bool:
    """Whether the statement ends in an infinitive without zu that no clause of purpose holds."""
    last = next((i for i in reversed(range(len(words))) if words[i].is_word), None)
    if last is None or words[last].is_capital or not clauses or not clauses[-1].is_main:
        return False
    is_bare = is_infinitive(words[last].form) and not any(
        r.form == "zu-infinitive" for r in readings_of(words[last].form)
    )
    return is_bare and (last == 0 or words[last - 1].form != "zu")


def _is_perfect(words: tuple[Word, ...], clause: Clause) -> bool:
    """Whether a clause tells what was done: wurde saniert, haben bauen können, ist gebaut worden."""
    last = words[clause.end - 1].form
    if "have" in clause.finite:
        return clause.has_participle or last in ("können", "müssen", "lassen")
    if "be" in clause.finite:
        return last in ("worden", "gelungen", "entstanden")
    return clause.has_participle and bool(clause.finite & {"was_done", "past"})


def grammar_of(text: str, names: frozenset[str] = _PARTY_WORDS) -> Grammar:
    """Analyse a statement; `names` are the words that name its authors (see party_words)."""
    words = words_of(text)
    clauses = clauses_of(words)
    prefixes = _prefixes(words, clauses)
    main = tuple(clause for clause in clauses if clause.is_main)
    modals = frozenset().union(*(clause.finite for clause in main))
    we_modals, we_verbs = _we_verbs(words, clauses, prefixes, names)
    verbs = tuple(r for c, p in zip(clauses, prefixes, strict=True) for _, r in _verb_readings(words, c, p))
    obliged = [clause for clause in main if clause.finite & _OBLIGING]
    will = [clause for clause in main if "will" in clause.finite]
    return Grammar(
        words=words,
        clauses=clauses,
        modals=modals,
        we_acts=bool(we_modals or we_verbs) or any(_is_subject(words, i, names) for i in range(len(words))),
        we_modals=we_modals,
        we_verbs=we_verbs,
        verbs=verbs,
        has_finite=bool(modals or we_verbs) or any(_looks_finite(words, clause) for clause in main),
        ends_infinitive=_bare_infinitive(words, clauses),
        is_passive="will" not in we_modals and any(clause.has_participle for clause in will),
        is_future="will" in we_modals or any(not clause.has_participle for clause in will),
        is_perfect=any(_is_perfect(words, clause) for clause in main),
        must_be_done=any(clause.ends_done for clause in obliged),
        must_become=any(clause.ends_werden for clause in obliged),
        must_be=any(clause.ends_sein for clause in obliged),
        enables=any(words[clause.end - 1].form == "können" for clause in obliged),
    )
