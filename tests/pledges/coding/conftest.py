"""The model that the portal uses, for all tests of the coder; trained by the first one who asks for it."""

from collections.abc import Sequence

import pytest

from pledges.coding import Labels, Unit, code
from pledges.coding.model import Model
from pledges.coding.store import load_or_train


@pytest.fixture(scope="session")
def model() -> Model:
    return load_or_train()


@pytest.fixture(scope="session")
def coded(model: Model):
    def run(texts: Sequence[str | Unit], **options: object) -> tuple[Labels, ...]:
        units = [text if isinstance(text, Unit) else Unit(text) for text in texts]
        return code(units, model=model, **options)  # type: ignore[arg-type]

    return run
