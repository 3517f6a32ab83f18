"""Seeds become records: relations by xmlid, in any order, with errors that say where."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.seeds import SeedError, plant

SHOP = {
    "sale.order": {
        "order_1": {
            "partner_id": "ada",
            "order_line": [{"product_id": "desk", "product_uom_qty": 2}, [0, 0, {"product_id": "desk"}]],
            "_call": "action_confirm",
        }
    },
    "res.partner": {
        "ada": {"name": "Ada", "country_id": "base.be", "category_id": ["vip"]},
        "eve": {"name": "Eve", "parent_id": "ada", "category_id": [[4, "vip"]]},
    },
    "res.partner.category": {"vip": {"name": "VIP"}},
    "product.product": {"desk": {"name": "Desk", "type": "consu"}},
    "ir.attachment": {"note": {"name": "note.txt", "res_model": "res.partner", "res_id": "ada"}},
    "res.company": {"base.main_company": {"name": "The Shop"}},
}


@pytest.fixture(scope="module")
def _fake() -> Iterator[FakeOdoo]:
    fake = FakeOdoo()
    yield fake
    fake.close()


@pytest.fixture
def env(_fake: FakeOdoo) -> Any:
    """An environment as tests have it."""
    _fake.reset()
    return _fake.env


@pytest.fixture
def shop(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes `shop.json`."""

    def write(content: Any) -> Path:
        path = tmp_path / "shop.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    return write


def test_a_shop(env: Any, shop: Callable[[Any], Path]) -> None:
    """Records of later models, of the base data and of lines are found; methods are called; known records change."""
    plant(env, shop(SHOP))
    order = env.ref("shop.order_1")
    assert (order.state, order.order_line.mapped("product_uom_qty")) == ("sale", [2.0, 1.0])
    assert order.partner_id == env.ref("shop.ada")
    assert (order.partner_id.country_id.code, order.company_id.name) == ("BE", "The Shop")
    assert order.partner_id.child_ids == env.ref("shop.eve")
    assert env.ref("shop.eve").category_id == env.ref("shop.vip")
    assert env.ref("shop.note").res_id == order.partner_id.id


def test_planted_twice(env: Any, shop: Callable[[Any], Path]) -> None:
    """The second time changes what the first one made."""
    plant(env, shop({"res.partner": {"ada": {"name": "Ada"}}}))
    plant(env, shop({"res.partner": {"ada": {"name": "Ada L."}}}))
    assert env["res.partner"].search([("name", "=like", "Ada%")]).mapped("name") == ["Ada L."]


WRONG = [
    ({"res.partne": {"a": {}}}, r"shop\.a \(res\.partne\): there is no such model"),
    ({"res.partner": {"a": {"nam": "A"}}}, r"shop\.a \(res\.partner\), field nam: .* no such field; is it name\?"),
    ({"res.partner": {"a": {}}}, r"shop\.a \(res\.partner\): ValidationError: .*Contacts require a name"),
    ({"res.partner": {"a": {"name": "A", "parent_id": "b"}}}, r"field parent_id: no record has the xmlid shop\.b"),
    ({"res.partner": {"a": {"child_ids": [{"nme": 1}]}}}, r"field child_ids\[0\]\.nme"),
    ({"res.partner": {"a": {"child_ids": "b"}}}, r"field child_ids: a list is expected, not str"),
    ({"res.partner": {"a": {"child_ids": [None]}}}, r"field child_ids\[0\]: an xmlid, the values"),
    ({"res.partner": {"a": {"parent_id": "b"}, "b": {"parent_id": "a"}}}, r"need each other: shop\.a → shop\.b → shop"),
    ({"res.partner": {"a": {"name": "A", "_call": "explode"}}}, r"field _call explode: AttributeError"),
    ({"res.company": {"base.be": {"name": "A"}}}, r"the xmlid is that of a res\.country"),
    ({"res.partner": {"a": "A"}}, r"shop\.a \(res\.partner\): a mapping of fields is expected, not str"),
    ({"res.partner": ["a"]}, r"res\.partner: a mapping of xmlids is expected, not list"),
    (["a"], r"a mapping of models is expected, not list"),
    ("{", r"Expecting property name"),
    ('{"res.partner": {"a": {}, "a": {}}}', r"'a' stands there twice"),
    ("[" * 100_000, r"recursion"),
]


@pytest.mark.parametrize(("content", "message"), WRONG, ids=[message for _, message in WRONG])
def test_errors_say_where(env: Any, shop: Callable[[Any], Path], content: Any, message: str) -> None:
    """File, xmlid and field."""
    path = shop(content)
    with pytest.raises(SeedError, match=message) as raised:
        plant(env, path)
    assert str(raised.value).startswith(str(path))


def test_missing_file(env: Any) -> None:
    """A file that is not there is named."""
    with pytest.raises(SeedError, match=r"nowhere\.json: No such file"):
        plant(env, "nowhere.json")


def _warehouse(env: Any) -> dict[str, Any]:
    return {"main": env["res.partner"].create({"name": "Warehouse"})}


def test_functions(env: Any) -> None:
    """A function makes records and names them, given as such or by its path."""
    plant(env, _warehouse)
    assert env.ref("_warehouse.main").name == "Warehouse"
    with pytest.raises(SeedError, match="no_such_module:shop: No module named"):
        plant(env, "no_such_module:shop")


def test_settings(shop: Callable[[Any], Path]) -> None:
    """Seeds and language belong to a fresh database: a reset brings them back. A wrong one leaves nothing."""
    with_seeds = FakeOdoo(seeds=(shop(SHOP), _warehouse), lang="de_DE")
    with_seeds.env.ref("shop.ada").name = "Eve"
    with_seeds.reset()
    assert with_seeds.env.ref("shop.ada").name == "Ada"
    assert with_seeds.env.ref("_warehouse.main")
    assert with_seeds.env.user.lang == "de_DE"
    with_seeds.close()
    with pytest.raises(ValueError, match=r"no language has the code 'de_D' \(de_DE"):
        FakeOdoo(lang="de_D")


def test_a_file_that_is_opened_again(shop: Callable[[Any], Path], tmp_path: Path) -> None:
    """Seeds are planted once, and known by their xmlids ever after."""
    for _start in range(2):
        odoo = FakeOdoo(store=str(tmp_path / "odoo.db"), seeds=(shop({"res.partner": {"ada": {"name": "Ada"}}}),))
        assert odoo.env.ref("shop.ada").name == "Ada"
        assert odoo.env["res.partner"].search_count([("name", "=", "Ada")]) == 1
        odoo.close()


def test_yaml(env: Any, tmp_path: Path) -> None:
    """YAML too; its dates become Odoo's; a name that stands there twice is refused."""
    path = tmp_path / "shop.v2.yaml"
    path.write_text(
        "res.partner: {ada: {name: Ada}}\n"
        "sale.order: {o: {partner_id: ada, date_order: 2026-01-02T10:00:00+01:00, validity_date: 2026-02-01}}\n"
    )
    plant(env, path)
    order = env.ref("shop_v2.o")
    assert (str(order.date_order), str(order.validity_date)) == ("2026-01-02 09:00:00", "2026-02-01")
    path.write_text("res.partner:\n  ada: {name: Ada}\n  ada: {name: Eve}\n")
    with pytest.raises(SeedError, match="'ada' stands there twice"):
        plant(env, path)
    path.write_text("res.partner: [\n")
    with pytest.raises(SeedError, match=r"shop\.v2\.yaml: while parsing .* line 2, column 1"):
        plant(env, path)


def test_yaml_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    path = tmp_path / "shop.yaml"
    path.write_text("{}")
    with pytest.raises(SeedError, match=r"pip install 'fauxdoo\[yaml\]'"):
        plant(None, path)
