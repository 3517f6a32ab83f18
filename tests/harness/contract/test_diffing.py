"""What changed between two catalogues, and what of it breaks an integration."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fauxdoo.contracts import UnreadableCatalogue
from fauxdoo.harness.contract.diffing import Change, catalogue_of, changes
from fauxdoo.harness.contract.usage import FieldUse, ModelUse, Usage

Edited = Callable[[Callable[[dict[str, Any]], Any]], Path]


@pytest.fixture
def edited(pulled: Path, tmp_path: Path) -> Edited:
    """A copy of the pulled folder in which the description of orders was edited."""

    def edit(change: Callable[[dict[str, Any]], Any]) -> Path:
        folder = tmp_path / "edited"
        shutil.copytree(pulled, folder)
        file = folder / "models" / "sale.order.json"
        facts = json.loads(file.read_text())
        change(facts)
        file.write_text(json.dumps(facts))
        return folder

    return edit


def _rename(facts: dict[str, Any]) -> None:
    facts["fields"]["customer_note"] = facts["fields"].pop("note")


def _method(facts: dict[str, Any]) -> None:
    facts["methods"]["action_confirm"]["params"] = ["force"]


EDITS: dict[str, tuple[Callable[[dict[str, Any]], Any], Change]] = {
    "removed": (lambda facts: facts["fields"].pop("note"), Change("removed", "sale.order.note")),
    "renamed": (_rename, Change("renamed", "sale.order.note", "to customer_note")),
    "retyped": (
        lambda facts: facts["fields"]["note"].update(type="text"),
        Change("retyped", "sale.order.note", "from html to text"),
    ),
    "required": (
        lambda facts: facts["fields"]["note"].update(required=True),
        Change("required", "sale.order.note"),
    ),
    "newly required": (
        lambda facts: facts["fields"].update(x_why={"type": "char", "string": "Why", "required": True}),
        Change("required", "sale.order.x_why", "a new field that every record must have"),
    ),
    "added": (
        lambda facts: facts["fields"].update(x_why={"type": "char", "string": "Why"}),
        Change("added", "sale.order.x_why"),
    ),
    "selection": (
        lambda facts: facts["fields"]["state"]["selection"].pop(),
        Change("changed", "sale.order.state", "without the value cancel"),
    ),
    "method": (_method, Change("changed", "sale.order.action_confirm()", "takes (force), took ()")),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_change_is_found(name: str, pulled: Path, edited: Edited) -> None:
    """Exactly the one that was made."""
    edit, change = EDITS[name]
    found = list(changes(catalogue_of(str(pulled)), catalogue_of(str(edited(edit)))))
    assert found == [change]
    assert change.breaks == (change.kind != "added")


def test_nothing_changed(pulled: Path) -> None:
    """A catalogue does not differ from itself."""
    assert list(changes(catalogue_of(str(pulled)), catalogue_of(str(pulled)))) == []


@pytest.mark.parametrize(("field", "count"), [("note", 1), ("name", 0)])
def test_only_what_is_used(field: str, count: int, pulled: Path, edited: Edited) -> None:
    """With a usage contract other changes do not matter."""
    usage = Usage()
    usage.models["sale.order"] = ModelUse(fields={field: FieldUse("html")})
    folder = edited(lambda facts: facts["fields"].pop("note"))
    assert len(list(changes(catalogue_of(str(pulled)), catalogue_of(str(folder)), usage))) == count


def test_no_catalogue(tmp_path: Path) -> None:
    """A folder without one is refused."""
    with pytest.raises(UnreadableCatalogue, match="no catalogue in"):
        catalogue_of(str(tmp_path))
