"""ORDER BY: NULLs, directions, many2one by their comodel's order, and what cannot be sorted by."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.compiler import search_query


def order(env: Any, model: str, text: str) -> str:
    """What follows ORDER BY, without quotes."""
    query = search_query(env[model], [], order=text)
    assert query.order is not None
    return query.order.text.replace('"', "")


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("name", "res_partner.name ASC NULLS LAST"),
        ("name desc", "res_partner.name DESC NULLS FIRST"),
        (" name  DESC ,id", "res_partner.name DESC NULLS FIRST, res_partner.id ASC"),
        ("name\n", "res_partner.name ASC NULLS LAST"),
        ("name:count", "res_partner.name ASC NULLS LAST"),
        ("name nulls first", "res_partner.name ASC NULLS FIRST"),
        ("name desc NULLS LAST", "res_partner.name DESC NULLS LAST"),
        ("active", "COALESCE(res_partner.active, 0) ASC NULLS LAST"),
        ("country_id.id", "res_partner.country_id ASC NULLS LAST"),
        (
            "country_id",
            "res_partner__country_id.name ASC NULLS LAST, res_partner__country_id.id ASC NULLS LAST",
        ),
        (
            "country_id desc",
            "res_partner__country_id.name DESC NULLS FIRST, res_partner__country_id.id DESC NULLS FIRST",
        ),
        (
            "country_id nulls first",
            "res_partner.country_id IS NOT NULL, "
            "res_partner__country_id.name ASC NULLS LAST, res_partner__country_id.id ASC NULLS LAST",
        ),
        (
            "parent_id",
            "res_partner__parent_id.complete_name ASC NULLS LAST, res_partner__parent_id.id DESC NULLS FIRST",
        ),
        (
            "parent_id desc",
            "res_partner__parent_id.complete_name DESC NULLS FIRST, res_partner__parent_id.id ASC NULLS LAST",
        ),
    ],
)
def test_order(env: Any, text: str, sql: str) -> None:
    """NULLs come last ascending and first descending; links sort as their targets do."""
    assert order(env, "res.partner", text) == sql


def test_inherited_fields(env: Any) -> None:
    """An inherited field is the parent's column."""
    assert order(env, "product.product", "categ_id.id") == "product_product__product_tmpl_id.categ_id ASC NULLS LAST"


def test_parts_of_dates(env: Any) -> None:
    """A date can be sorted by one of its parts."""
    part = env.cr.dialect.part % ("?", "res_partner.create_date", "?")
    assert order(env, "res.partner", "create_date.month_number") == f"{part} ASC NULLS LAST"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("nope", ValueError, "Invalid field 'nope' on model 'res.partner'"),
        ("name.foo", ValueError, "Invalid field property 'foo' on res.partner.name"),
        ("country_id.code", ValueError, "Invalid field property 'code' on res.partner.country_id"),
        ("child_ids", ValueError, "Cannot convert res.partner.child_ids to SQL because it is not stored"),
        ("company_type", ValueError, "Cannot convert res.partner.company_type to SQL because it is not stored"),
        ("image_1920", ValueError, "Cannot convert res.partner.image_1920 to SQL because it is not stored"),
        (5, TypeError, "expected string or bytes-like object, got 'int'"),
        (["name"], TypeError, "expected string or bytes-like object, got 'list'"),
    ],
)
def test_refusals(env: Any, text: Any, error: type[Exception], message: str) -> None:
    """What has no column cannot be sorted by."""
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        order(env, "res.partner", text)


@pytest.mark.parametrize(
    "text",
    ["name foo", "name,", ",name", "name nulls", "name  nulls  first", "a.b.c", "name; drop table", "name desc desc"],
)
def test_bad_syntax(env: Any, text: str) -> None:
    """What is no order is a UserError that repeats it."""
    with pytest.raises(UserError, match=re.escape(f'Invalid "order" specified ({text}). A valid "order"')):
        order(env, "res.partner", text)
