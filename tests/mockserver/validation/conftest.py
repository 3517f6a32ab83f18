"""Here answers are to break the contract."""

from __future__ import annotations

import pytest


@pytest.fixture
def _answers_keep_to_the_contract() -> None:
    """Nobody looks at what the tests find themselves."""
