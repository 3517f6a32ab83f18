"""What the tests of contracts share: a catalogue pulled from a server, and servers that drifted away from it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from fauxdoo.harness.clients import Target
from fauxdoo.harness.contract.asking import Asker
from fauxdoo.harness.contract.pulling import Pull
from fauxdoo.mockserver import FakeOdoo

MODELS = ("crm.tag", "product.product", "res.partner", "sale.order", "sale.order.line")

Edit = Callable[[dict[str, Any]], None]
Drifted = Callable[..., AbstractContextManager[FakeOdoo]]


@pytest.fixture(scope="session")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of five models pulled from a server."""
    folder = tmp_path_factory.mktemp("pulled")
    with FakeOdoo(dialect="odoo") as odoo:
        asker = Asker(Target(odoo.url, odoo.db, api_key=odoo.api_key))
        assert Pull(asker, folder, MODELS).run() == len(MODELS)
        asker.close()
    return folder


@pytest.fixture
def ask() -> Iterator[Callable[[FakeOdoo], Asker]]:
    """Makes askers that close with the test: the administrator, with the key."""
    made: list[Asker] = []

    def make(odoo: FakeOdoo) -> Asker:
        made.append(Asker(Target(odoo.url, odoo.db, api_key=odoo.api_key)))
        return made[-1]

    yield make
    for asker in made:
        asker.close()


@pytest.fixture
def drifted(pulled: Path, tmp_path: Path) -> Drifted:
    """Serves the pulled catalogue after editing the description of one model, or dropping it."""

    @contextmanager
    def serve(model: str = "", edit: Edit | None = None) -> Iterator[FakeOdoo]:
        folder = tmp_path / "drifted"
        shutil.copytree(pulled, folder)
        if edit is not None:
            file = folder / "models" / f"{model}.json"
            facts = json.loads(file.read_text())
            edit(facts)
            file.write_text(json.dumps(facts))
        with FakeOdoo(dialect="odoo", catalogue=str(folder)) as odoo:
            yield odoo

    return serve
