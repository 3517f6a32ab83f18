"""Searches and reads that are compiled once: what is kept, and what must be compiled each time."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.compiler import search_query
from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.orm.plans import Plans
from fauxdoo.mockserver.orm.sql import Query


def _compilations(env: Environment, monkeypatch: pytest.MonkeyPatch, model: str, *domains: Any, **asked: Any) -> int:
    """How many of the domains, searched in this order, were compiled."""
    kept: list[bytes] = []
    find = Plans.find

    def counted(self: Plans[Any], key: Any, rules: Any) -> Any:
        found = find(self, key, rules)
        if found is not None and self is env.registry.searches:
            kept.append(key)
        return found

    env.registry.searches.forget()
    monkeypatch.setattr(Plans, "find", counted)
    for domain in domains:
        search_query(env[model], domain, **asked).select()
    return len(domains) - len(kept)


def test_the_same_search_is_compiled_once(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [("is_company", "=", True), ("email", "ilike", "x")]
    assert _compilations(env, monkeypatch, "res.partner", asked, asked, asked) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("color", "=", 1)], [("color", "=", True)]),
        ([("color", "=", 1)], [("color", "=", 1.0)]),
        ([("name", "=", "1")], [("name", "=", 1)]),
        ([("name", "=", "a")], [("name", "=", "b")]),
    ],
)
def test_values_of_other_types_are_other_searches(
    env: Environment, monkeypatch: pytest.MonkeyPatch, one: Any, other: Any
) -> None:
    assert _compilations(env, monkeypatch, "res.partner", one, other) == 2


@pytest.mark.parametrize(
    ("model", "domain", "why"),
    [
        ("res.partner", [("country_id", "=", "Belgium")], "a name is looked up"),
        ("res.partner", [("country_id", "in", ["Belgium"])], "names are looked up"),
        ("res.partner", [("id", "child_of", 1)], "the hierarchy may change"),
        ("res.partner", [("create_date", ">", "now -1d")], "time passes"),
        ("res.partner", [("country_id.code", "=", "BE")], "the country's rules may change"),
        ("res.country", [("name", "=", "Belgium")], "the field is translated"),
        ("res.partner", [("barcode", "=", "1")], "the field's value is the company's"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_what_may_mean_something_else_tomorrow_is_compiled_anew(
    env: Environment, monkeypatch: pytest.MonkeyPatch, model: str, domain: Any, why: str
) -> None:
    assert _compilations(env, monkeypatch, model, domain, domain) == 2, why


def test_an_order_by_another_models_names_is_compiled_anew(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _compilations(env, monkeypatch, "res.partner", [], [], order="country_id") == 2


def test_changing_a_query_leaves_the_plan_alone(env: Environment) -> None:
    partners = env["res.partner"]
    first = search_query(partners, [("is_company", "=", True)], limit=3)
    unchanged = first.select()
    for _again in range(2):
        changed = search_query(partners, [("is_company", "=", True)], limit=3)
        changed.order = None
        changed.left_join(changed.alias, "country_id", "res_country")
        changed.where(env["res.partner"]._search([("id", "=", 1)]).conditions[0])
    assert search_query(partners, [("is_company", "=", True)], limit=3).select() == unchanged


def test_a_field_that_is_gone_is_refused_again() -> None:
    with FakeOdoo() as odoo:
        model = odoo.env["ir.model"].search([("model", "=", "res.partner")])
        field = odoo.env["ir.model.fields"].create({"model_id": model.id, "name": "x_grade", "ttype": "char"})
        assert odoo.env["res.partner"].search_count([("x_grade", "=", "a")]) == 0
        assert odoo.env["res.partner"].search_count([("x_grade", "=", "a")]) == 0
        field.unlink()
        with pytest.raises(ValueError, match="Invalid field res.partner.x_grade"):
            odoo.env["res.partner"].search_count([("x_grade", "=", "a")])


def test_a_rule_that_is_added_binds_the_next_search() -> None:
    with FakeOdoo() as odoo:
        demo = odoo.env["res.users"].create({"name": "Ann", "login": "ann", "password": "ann"})
        anns = odoo.as_user("ann")["res.partner"]
        assert demo.partner_id.id in anns.search([("id", ">", 0)]).ids
        assert [row["id"] for row in anns.browse([1, demo.partner_id.id]).read(["name"])] == [1, demo.partner_id.id]
        model = odoo.env["ir.model"].search([("model", "=", "res.partner")])
        rule = odoo.env["ir.rule"].create({"name": "one", "model_id": model.id, "domain_force": "[('id', '=', 1)]"})
        assert anns.search([("id", ">", 0)]).ids == [1]
        with pytest.raises(AccessError, match=r"secret records"):
            anns.browse([1, demo.partner_id.id]).read(["name"])
        rule.unlink()
        assert demo.partner_id.id in anns.search([("id", ">", 0)]).ids
        assert [row["id"] for row in anns.browse([1, demo.partner_id.id]).read(["name"])] == [1, demo.partner_id.id]


@pytest.mark.parametrize(
    ("model", "name", "kept"),
    [("res.partner", "email", True), ("res.country", "name", True), ("res.partner", "barcode", False)],
    ids=["plain", "translated, not asked for in a language", "of the company"],
)
def test_columns_are_read_again_by_the_statement_that_was_kept(
    env: Environment, monkeypatch: pytest.MonkeyPatch, model: str, name: str, kept: bool
) -> None:
    record = env[model].search([], limit=1)
    record._rows([record._fields[name]], record.ids)
    compiled: list[Any] = []
    select = Query.select
    monkeypatch.setattr(Query, "select", lambda *args: compiled.append(args) or select(*args))
    record._rows([record._fields[name]], record.ids)
    assert len(compiled) == (0 if kept else 1)


def test_translated_names_do_not_come_from_a_statement_without_language() -> None:
    with FakeOdoo(lang="fr_FR") as odoo:
        country = odoo.env.ref("base.de")
        assert country.read(["name"])[0]["name"] == "Germany"
        country.with_context(lang="fr_FR").write({"name": "Allemagne"})
        for lang, name in (("fr_FR", "Allemagne"), ("en_US", "Germany"), ("fr_FR", "Allemagne")):
            assert country.with_context(lang=lang).read(["name"])[0]["name"] == name


def test_a_field_of_another_kind_is_read_anew() -> None:
    """What was kept of a field that is gone says nothing of one with the same name."""
    with FakeOdoo() as odoo:
        model = odoo.env["ir.model"].search([("model", "=", "res.partner")])
        partner = odoo.env["res.partner"].browse(1)
        for kind, value in (("char", "12"), ("integer", 12)):
            field = odoo.env["ir.model.fields"].create({"model_id": model.id, "name": "x_grade", "ttype": kind})
            partner.write({"x_grade": value})
            assert [partner.read(["x_grade"])[0]["x_grade"] for _ in range(2)] == [value, value]
            field.unlink()
            with pytest.raises(ValueError, match="Invalid field 'x_grade'"):
                partner.read(["x_grade"])


def test_plans_are_bounded(env: Environment) -> None:
    plans: Plans[Query] = Plans()
    query = search_query(env["res.partner"], [])
    for number in range(1001):
        plans.keep(b"%d" % number, None, query)
    assert plans.find(b"0", None) is None
    assert plans.find(b"1000", None) is not None
    assert Plans.key([("id", "in", list(range(1000)))]) is None
    assert Plans.key(object()) is None
