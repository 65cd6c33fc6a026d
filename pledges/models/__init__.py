from pledges.models.codings import CODEBOOK, BulkChange, Coding, CodingTopic
from pledges.models.labelled import Commitment, Kind, Origin
from pledges.models.packed import PackedStatements
from pledges.models.politics import Authorship, Election, Party, Place, Programme, ProgrammeKind, Topic
from pledges.models.relations import Relation, RelationKind, RelationStatus, Rendering, Said, Verdict
from pledges.models.search import SearchRow, SearchWord
from pledges.models.statements import Pledge, Statement, StatementTopic, Target, TargetKind
from pledges.models.trail import TrailEntry
from pledges.models.uploads import Upload, UploadState
from pledges.models.version import DataVersion
from pledges.models.workbench import Hint, HintAbout, HintStatus, Sample, SampledStatement

__all__ = [
    "CODEBOOK",
    "Authorship",
    "BulkChange",
    "Coding",
    "CodingTopic",
    "Commitment",
    "DataVersion",
    "Election",
    "Hint",
    "HintAbout",
    "HintStatus",
    "Kind",
    "Origin",
    "PackedStatements",
    "Party",
    "Place",
    "Pledge",
    "Programme",
    "ProgrammeKind",
    "Relation",
    "RelationKind",
    "RelationStatus",
    "Rendering",
    "Said",
    "Sample",
    "SampledStatement",
    "SearchRow",
    "SearchWord",
    "Statement",
    "StatementTopic",
    "Target",
    "TargetKind",
    "Topic",
    "TrailEntry",
    "Upload",
    "UploadState",
    "Verdict",
]
