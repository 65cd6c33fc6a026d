"""One small trained model for all tests of the coder, made once a session."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pledges.coding import Labels, Unit, code
from pledges.coding.model import Model
from pledges.coding.store import load_or_train


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder: Path = tmp_path_factory.mktemp("coder")
    return load_or_train(folder)


@pytest.fixture(scope="session")
def coded(model: Model):
    def run(texts: Sequence[str | Unit], **options: object) -> tuple[Labels, ...]:
        units = [text if isinstance(text, Unit) else Unit(text) for text in texts]
        return code(units, model=model, **options)  # type: ignore[arg-type]

    return run
