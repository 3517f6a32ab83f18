"""A pulled catalogue over the built-in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fauxdoo.contracts import Catalogue, Overlay, UnreadableCatalogue, catalogue_for, read_overlay

TAG = {"model": "crm.tag", "name": "Tag", "fields": {"name": {"type": "char", "string": "Tag Name", "required": True}}}
OWN = {
    "model": "x_shop",
    "name": "Shop",
    "rights": "r",
    "fields": {
        "id": {"type": "integer", "string": "ID", "readonly": True},
        "x_tags": {"type": "many2many", "string": "Tags", "relation": "crm.tag"},
    },
}


def _overlay(*models: dict[str, Any], complete: bool = False) -> Overlay:
    origin = {"complete": complete, "modules": {"shop": "installed", "crm": "uninstalled"}}
    return Overlay(Catalogue.odoo_19(), origin, {facts["model"]: facts for facts in models})


def test_fields_are_those_of_the_server() -> None:
    """What it does not have is gone, what only the catalogue knows of the rest stays."""
    tag = _overlay(TAG).model("crm.tag")
    assert tag["fields"].keys() == {"name"}
    assert (tag["name"], tag["table"], tag["modules"]) == ("Tag", "crm_tag", ["sales_team"])


def test_other_models_stay_unless_the_pull_was_complete() -> None:
    """A partial pull says nothing of the rest."""
    assert "res.partner" in _overlay(TAG)
    assert "res.partner" not in _overlay(TAG, complete=True)


def test_own_models() -> None:
    """Have a table, links of their own, and the rights their user had."""
    overlay = _overlay(OWN)
    assert overlay.index["models"]["x_shop"]["table"] == "x_shop"
    assert overlay.model("x_shop")["fields"]["x_tags"]["table"] == "x_shop_x_tags_rel"
    (right,) = (row for row in overlay.data("ir.model.access") if row["model_id"] == "x_shop")
    assert (right["perm_read"], right["perm_write"]) == (True, False)


def test_modules() -> None:
    """Their states are those of the server; unknown ones get an id of their own."""
    modules = _overlay(TAG).modules
    assert (modules["shop"]["state"], modules["crm"]["state"]) == ("installed", "uninstalled")
    assert len({facts["id"] for facts in modules.values()}) == len(modules)


def test_base_records_lose_fields_that_are_gone() -> None:
    """A record of a fresh database has no value for what the server has not."""
    partner = {"model": "res.partner", "fields": {"id": {"type": "integer"}, "name": {"type": "char"}}}
    assert all(record.keys() <= {"id", "name", "xmlid"} for record in _overlay(partner).data("res.partner"))


@pytest.mark.parametrize("text", ["", "[]", '{"modules": {}}'])
def test_unreadable(tmp_path: Path, text: str) -> None:
    """A folder with something else in it is refused by name."""
    (tmp_path / "catalogue.json").write_text(text)
    with pytest.raises(UnreadableCatalogue, match=str(tmp_path)):
        read_overlay(tmp_path)


def test_read_again_after_a_new_pull(tmp_path: Path) -> None:
    """The same object as long as nothing was written."""
    (tmp_path / "catalogue.json").write_text(json.dumps({"complete": False, "modules": {}}))
    first = read_overlay(tmp_path)
    assert read_overlay(tmp_path) is first


def test_not_with_modules(tmp_path: Path) -> None:
    """A pulled catalogue says itself what is installed."""
    with pytest.raises(UnreadableCatalogue, match="give no modules"):
        catalogue_for(("sale",), tmp_path)
