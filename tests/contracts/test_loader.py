"""The catalogue of Odoo 19.0: models, base records, numbers of what is derived from it."""

from pathlib import Path

import orjson
import pytest

from fauxdoo import contracts
from fauxdoo.contracts import Catalogue, recordings
from fauxdoo.contracts.build_index import build_index, build_xmlids

ROOT = Path(contracts.__file__).parent / "odoo-19.0"
catalogue = Catalogue.odoo_19()


def test_index_is_up_to_date() -> None:
    """index.json and xmlids.json are what `python -m fauxdoo.contracts.build_index` writes."""
    assert orjson.loads((ROOT / "index.json").read_bytes()) == build_index(ROOT)
    assert (ROOT / "xmlids.json").read_bytes() == orjson.dumps(build_xmlids(ROOT)) + b"\n"


def test_models() -> None:
    """All 499 models are known by name, and each is described under its own."""
    assert len(catalogue.names) == 499
    assert catalogue.names == sorted(catalogue.names)
    assert all(catalogue.model(name)["model"] == name for name in catalogue.names)


def test_unknown_model() -> None:
    """A model that is not there is a KeyError, its data are empty."""
    with pytest.raises(KeyError, match="no such"):
        catalogue.model("no such")
    assert "no such" not in catalogue
    assert catalogue.data("no such") == []


def test_data() -> None:
    """Base records carry the ids of a fresh database; a model without any has none."""
    assert {record["id"]: record["code"] for record in catalogue.data("res.country")}[75] == "FR"
    assert catalogue.data("crm.lead") == []
    assert "res.country" in catalogue.data_models


def test_parsed_once() -> None:
    """The catalogue is one object, and so is what it answers."""
    assert Catalogue.odoo_19() is catalogue
    assert catalogue.model("res.partner") is catalogue.model("res.partner")


def test_index_of_a_model() -> None:
    """The index says what must be known of a model before it is loaded."""
    product = catalogue.index["models"]["product.product"]
    assert (product["table"], product["label"], product["module"]) == ("product_product", "Product Variant", "product")
    assert product["inherits"] == {"product.template": "product_tmpl_id"}
    assert "mail.thread" in product["mixins"]
    assert (product["abstract"], product["transient"]) == (False, False)


def test_references() -> None:
    """The index says who points at a model, and what happens to them when a record goes."""
    assert ["sale.order", "partner_id", "restrict"] in catalogue.index["references"]["res.partner"]


def test_relations() -> None:
    """The index lists stored related fields and the tables of many2many fields."""
    tags = ["crm.lead", "tag_ids", "crm.tag", "crm_tag_rel", "lead_id", "tag_id"]
    assert tags in catalogue.index["m2m"]
    assert ["sale.order.line", "order_partner_id", "order_id.partner_id"] in catalogue.index["related_stored"]


def test_numbers_of_models_and_fields() -> None:
    """`ir.model` and `ir.model.fields` are numbered from 1 in the order of the names, there and back."""
    assert [catalogue.model_id(name) for name in catalogue.names] == list(range(1, 500))
    assert catalogue.model_at(catalogue.model_id("res.partner")) == "res.partner"
    first = sorted(catalogue.model(catalogue.names[0])["fields"])[0]
    assert catalogue.field_id(catalogue.names[0], first) == 1
    for place in [("res.partner", "email"), ("uom.uom", "name"), ("account.account", "write_uid")]:
        assert catalogue.field_at(catalogue.field_id(*place)) == place
    assert catalogue.field_at(catalogue.index["fields"])[0] == catalogue.names[-1]


@pytest.mark.parametrize("number", [0, -1, 10**6])
def test_unknown_numbers(number: int) -> None:
    """A number that no model or field has is an IndexError."""
    with pytest.raises(IndexError):
        catalogue.model_at(number)
    with pytest.raises(IndexError):
        catalogue.field_at(number)


def test_recordings() -> None:
    """The recordings come as one file per area, each with cases."""
    assert [file.name for file in recordings()][:3] == ["access.json", "account.json", "auth.json"]
    assert all("case" in orjson.loads(file.read_bytes())[0] for file in recordings())
