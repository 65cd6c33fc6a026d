"""The trained model as a file: arrays and JSON, named by the hash of the data and code it came from."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from pledges.coding.lexicon import LEXICON_FOLDER
from pledges.coding.linear import Grams, Linear
from pledges.coding.model import Model, train
from pledges.coding.training import CodedText, made_examples, shipped_texts

_CODE_FOLDER = Path(__file__).resolve().parent
_LINEARS = ("kind", "commitment", "measurable", "topics")


def default_folder() -> Path:
    """The user's cache folder (XDG_CACHE_HOME, ~/.cache), else one below the system's temporary folder."""
    named = os.environ.get("XDG_CACHE_HOME")
    try:
        base = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:
        base = Path(tempfile.gettempdir()) / f"cache-{os.getuid()}"
    return base / "wortlaut"


def fingerprint(texts: Sequence[CodedText]) -> str:
    """A hash of the texts learnt from, this code, the lexicon and the library that fits."""
    # The code is part of the name, so that a changed rule never meets weights fitted to the old one.
    digest = hashlib.sha256(version("scikit-learn").encode())
    for path in sorted((*_CODE_FOLDER.glob("*.py"), *LEXICON_FOLDER.glob("*.t*"))):
        digest.update(path.name.encode() + path.read_bytes())
    for text in texts:
        digest.update(repr(astuple(text)).encode())
    return digest.hexdigest()[:32]


def load_or_train(folder: Path | None = None, extra: Sequence[CodedText] = ()) -> Model:
    """The model for the shipped texts and `extra` ones: from the cache, else trained and kept there.

    A file that is broken is made again; a folder that can't be written costs only the time.
    """
    texts = (*shipped_texts(), *made_examples(), *extra)
    path = (folder or default_folder()) / f"coder-{fingerprint(texts)}.npz"
    model = load(path)
    if model is None:
        model = train(texts)
        save(model, path)
    return model


def save(model: Model, path: Path) -> bool:
    """Write a model so that nobody ever reads half of it; False where the folder can't be written."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            np.savez_compressed(file, **_arrays(model))
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        return False
    return True


def load(path: Path) -> Model | None:
    """Read a model; None where there is none or it is broken. Arrays only: nothing of it is executed."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return _model(arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def _arrays(model: Model) -> dict[str, Any]:
    grams = {
        name: {"weight": g.weight, "idf": dict(g.idf)}
        for name, g in (("word", model.words), ("letters", model.letters))
    }
    linears: dict[str, Any] = {}
    arrays: dict[str, Any] = {}
    for name in _LINEARS:
        part: Linear = getattr(model, name)
        linears[name] = {
            "classes": part.classes,
            "features": sorted(part.index, key=lambda feature: part.index[feature]),
            "temperature": part.temperature,
        }
        arrays[f"{name}_weights"], arrays[f"{name}_bias"] = part.weights, part.bias
    about = json.dumps({"grams": grams, "linears": linears}).encode()
    return {"about": np.frombuffer(about, dtype=np.uint8), **arrays}


def _model(arrays: Any) -> Model:
    about = json.loads(arrays["about"].tobytes())
    grams = {name: Grams(name, part["weight"], part["idf"]) for name, part in about["grams"].items()}
    linears = {
        name: Linear(
            classes=tuple(part["classes"]),
            index={feature: i for i, feature in enumerate(part["features"])},
            weights=arrays[f"{name}_weights"],
            bias=arrays[f"{name}_bias"],
            temperature=part["temperature"],
        )
        for name, part in about["linears"].items()
    }
    return Model(grams["word"], grams["letters"], **linears)
