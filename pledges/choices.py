"""The values of filters as they stand in links, and what they mean."""

from pledges.models import Commitment, Kind, Origin, ProgrammeKind

KINDS = {
    "vorhaben": Kind.PLEDGE,
    "bilanz": Kind.RECORD,
    "grundsatz": Kind.VALUE,
    "hintergrund": Kind.CONTEXT,
}
COMMITMENTS = {
    "fest": Commitment.FIRM,
    "absicht": Commitment.INTENT,
    "pruefung": Commitment.REVIEW,
    "forderung": Commitment.DEMAND,
    "ausschluss": Commitment.REJECTION,
    "zielbild": Commitment.VISION,
}
ORIGINS = {"maschine": Origin.MACHINE, "codebuch": Origin.CODEBOOK, "redaktion": Origin.EDITOR}
MEASURABLE = {"ja": True, "nein": False}
TEXT_KINDS = {
    "wahlprogramm": ProgrammeKind.PROGRAMME,
    "vision": ProgrammeKind.VISION,
    "kooperation": ProgrammeKind.COOPERATION,
    "auszug": ProgrammeKind.EXCERPT,
}
# What pages count most: as what is chosen of the filters.
PLEDGES = {"art": ["vorhaben"]}
