"""What every model answers, simulated or not."""

from __future__ import annotations

import pytest

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver.orm.environment import Environment

MODELS = [name for name, facts in Catalogue.odoo_19().index["models"].items() if not facts["abstract"]]


@pytest.mark.parametrize("initial", sorted({name.partition(".")[0] for name in MODELS}))
def test_search_read(env: Environment, initial: str) -> None:
    """Every model of an app can be searched in its own order and read with all its fields."""
    for name in MODELS:
        if name.partition(".")[0] == initial:
            assert len(env[name].search_read([], limit=2)) <= 2
