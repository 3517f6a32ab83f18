"""Columns in the user's language and company, and fields kept from the user."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.columns import column, field_sql
from fauxdoo.mockserver.orm.sql import Query


def test_translated(env: Any) -> None:
    """A translated text is that of the language, the source text where there is none."""
    env["res.lang"].browse(30).active = True
    french = env(context={"lang": "fr_FR"})["product.template"]
    plain = column(env["product.template"], "t", french._fields["name"])
    assert plain.text == '"t"."name"'
    value = column(french, "t", french._fields["name"])
    dialect = env.cr.dialect
    assert value.text == 'COALESCE({}, "t"."name")'.format(dialect.json_get % ('"t"."name__lang"', "?"))
    assert value.params == (dialect.json_key("fr_FR"),)


def test_translations_are_searched(env: Any) -> None:
    """A search sees the texts of its language."""
    env["res.lang"].browse(30).active = True
    table = env["product.template"].create({"name": "Table"})
    french = env(context={"lang": "fr_FR"})["product.template"]
    chair = french.create({"name": "Chair"})
    chair.name = "Chaise"
    assert french.search([("name", "in", ["Chaise", "Table"])]) == table | chair
    assert not env["product.template"].search([("name", "=", "Chaise")])


def test_company_dependent(env: Any) -> None:
    """A company's own value, or the default for all."""
    partners = env["res.partner"]
    value = column(partners, "p", partners._fields["barcode"])
    assert value.text == env.cr.dialect.json_get % ('"p"."barcode"', "?")
    assert value.params == (env.cr.dialect.json_key("1"),)
    one, other = partners.create([{"name": "One", "barcode": "123"}, {"name": "Other"}])
    ids = [one.id, other.id]
    assert partners.search([("id", "in", ids), ("barcode", "=", "123")]) == one
    assert partners.search([("id", "in", ids), ("barcode", "=", False)]) == other


def test_properties(env: Any) -> None:
    """A property is asked for by its name; without one there is nothing to compare."""
    partners = env["res.partner"]
    query, field = Query(partners), partners._fields["properties"]
    assert field_sql(partners, "p", query, field, "size").params == (env.cr.dialect.json_key("size"),)
    with pytest.raises(ValueError, match=r"^Missing property name for res\.partner\.properties$"):
        field_sql(partners, "p", query, field)


def test_forbidden_fields(env: Any) -> None:
    """A field of groups the user is not in can be neither searched nor sorted by."""
    user = env["res.users"].create(
        {"name": "Plain", "login": "plain", "group_ids": [(6, 0, [env.ref("base.group_user").id])]}
    )
    partners = env["res.partner"].with_user(user)
    with pytest.raises(AccessError, match="You do not have enough rights to access the field"):
        partners.search([("credit_limit", ">", 5)])
