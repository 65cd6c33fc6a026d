from pledges.models.politics import Authorship, Election, Party, Place, Programme, ProgrammeKind, Topic
from pledges.models.relations import Relation, RelationKind, RelationStatus, Rendering, Verdict
from pledges.models.statements import (
    Coding,
    CodingTopic,
    Commitment,
    Kind,
    Origin,
    Pledge,
    Statement,
    StatementTopic,
    Target,
    TargetKind,
)

__all__ = [
    "Authorship",
    "Coding",
    "CodingTopic",
    "Commitment",
    "Election",
    "Kind",
    "Origin",
    "Party",
    "Place",
    "Pledge",
    "Programme",
    "ProgrammeKind",
    "Relation",
    "RelationKind",
    "RelationStatus",
    "Rendering",
    "Statement",
    "StatementTopic",
    "Target",
    "TargetKind",
    "Topic",
    "Verdict",
]
