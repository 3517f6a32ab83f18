"""Pulling a catalogue: what is written, what is left alone, and that a fake loads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import ratings

from fauxdoo.harness.clients import RemoteError, Target
from fauxdoo.harness.contract.asking import Asker
from fauxdoo.harness.contract.pulling import Pull, UnknownModels, models_of
from fauxdoo.mockserver import FakeOdoo

Ask = Callable[[FakeOdoo], Asker]


def test_files(pulled: Path) -> None:
    """A file per model with fields, methods and the user's rights, and one that says where they come from."""
    facts = json.loads((pulled / "models" / "crm.tag.json").read_text())
    assert facts["fields"]["name"] == {"required": True, "string": "Tag Name", "translate": True, "type": "char"}
    assert (facts["name"], facts["rights"]) == ("CRM Tag", "rwcu")
    origin = json.loads((pulled / "catalogue.json").read_text())
    assert (origin["complete"], origin["modules"]["sale"]) == (False, "installed")
    assert "url" not in origin


def test_no_secret_is_written(pulled: Path) -> None:
    """Neither key nor password of the user stands in any file."""
    key = FakeOdoo().api_key
    assert not [file for file in pulled.rglob("*.json") if key in file.read_text()]


def test_goes_on_where_it_stopped(pulled: Path, odoo: FakeOdoo, ask: Ask) -> None:
    """Models whose file is there are not asked for again."""
    file = pulled / "models" / "crm.tag.json"
    text = file.read_text()
    assert Pull(ask(odoo), pulled, ["crm.tag"]).run() == 0
    assert file.read_text() == text


def test_own_models_come_along(tmp_path: Path, ask: Ask) -> None:
    """A model and a field that only this server has exist on a fake with its catalogue, and administrators use them."""

    with FakeOdoo(dialect="odoo", extensions=(ratings,)) as real:
        Pull(ask(real), tmp_path, ["shop.rating"]).run()
    fake = FakeOdoo(catalogue=str(tmp_path))
    product = fake.env["product.product"].create({"name": "Bell"})
    record = fake.env["shop.rating"].create({"product_id": product.id, "stars": 4})
    assert record.product_id.name == "Bell"
    assert fake.env["ir.model"].search([("model", "=", "shop.rating")]).name == "Rating of a Product"


def test_unknown_models_are_told(tmp_path: Path, odoo: FakeOdoo, ask: Ask) -> None:
    """A model the server does not have is skipped with its reason; no path leaves the folder."""
    pull = Pull(ask(odoo), tmp_path, ["no.such"])
    pull.run()
    assert pull.skipped == {"no.such": "the model 'no.such' does not exist"}
    with pytest.raises(UnknownModels, match="not the name of a model"):
        Pull(ask(odoo), tmp_path, ["../evil"]).run()


def test_wrong_credentials(tmp_path: Path, odoo: FakeOdoo) -> None:
    """Nothing is written."""
    with pytest.raises(RemoteError):
        Pull(Asker(Target(odoo.url, odoo.db, api_key="wrong")), tmp_path / "new").run()
    assert not (tmp_path / "new").exists()


def test_nothing_but_questions(odoo: FakeOdoo, ask: Ask) -> None:
    """A method that might change something is not even sent."""
    with pytest.raises(ValueError, match="might change"):
        ask(odoo).ask("res.partner", "create", vals_list=[{}])


def test_all_models_are_known(odoo: FakeOdoo, ask: Ask) -> None:
    """The list is the server's, sorted."""
    names = models_of(ask(odoo))
    assert names == sorted(names)
    assert {"res.partner", "sale.order"} <= set(names)
