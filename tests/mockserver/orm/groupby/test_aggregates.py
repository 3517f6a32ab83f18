"""Aggregates: what they compute, and what is no aggregate."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fauxdoo.mockserver.errors import DatabaseError


def aggregate(env: Any, spec: str, model: str = "res.partner", domain: Any = None) -> Any:
    """The one value of an aggregate over records."""
    return env[model]._read_group(domain or [], [], [spec])[0][0]


@pytest.fixture
def partners(env: Any) -> Any:
    """Four partners with colours 1, 2, 2 and 0."""
    values = [(1, "x"), (2, "y"), (2, False), (0, "")]
    return env["res.partner"].create([{"name": f"P{color}", "color": color, "ref": ref} for color, ref in values])


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ("__count", 4),
        ("color:sum", 5),
        ("color:avg", 1.25),
        ("color:min", 0),
        ("color:max", 2),
        ("color:count_distinct", 3),
        ("color:array_agg", [1, 2, 2, 0]),
        ("color:array_agg_distinct", [0, 1, 2]),
        ("ref:count", 3),
        ("ref:min", ""),
        ("ref:array_agg_distinct", ["", "x", "y", None]),
        ("active:bool_and", True),
        ("is_company:bool_or", False),
    ],
)
def test_values(env: Any, partners: Any, spec: str, value: Any) -> None:
    """Lists are in the order of ids, or sorted with NULL last."""
    assert aggregate(env, spec, domain=[("id", "in", partners.ids)]) == value


def test_recordsets(env: Any, partners: Any) -> None:
    """Behaviour code gets records from `:recordset`."""
    assert aggregate(env, "id:recordset", domain=[("id", "in", partners.ids)]) == partners


@pytest.mark.parametrize(
    ("spec", "value"),
    [("color:sum", False), ("color:count", 0), ("color:array_agg", []), ("color:min", False)],
)
def test_nothing(env: Any, spec: str, value: Any) -> None:
    """Of no records sums are false, counts 0 and lists empty."""
    assert aggregate(env, spec, domain=[("id", "=", False)]) == value


def test_amounts_are_summed_as_decimals(env: Any) -> None:
    """0.1 and 0.2 are 0.3, as PostgreSQL's numbers have it."""
    leads = env["crm.lead"].create([{"name": "A", "expected_revenue": 0.1}, {"name": "B", "expected_revenue": 0.2}])
    domain = [("id", "in", leads.ids)]
    assert aggregate(env, "expected_revenue:sum", "crm.lead", domain) == 0.3
    assert aggregate(env, "expected_revenue:sum_currency", "crm.lead", domain) == 0.3


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("nope:sum", "Invalid field 'nope' on model 'res.partner' for 'nope:sum'."),
        ("color", "Aggregate method is mandatory for 'color'"),
        ("color:nope", "Invalid aggregate method 'nope' for 'color:nope'."),
        ("parent_id.color:sum", "Invalid 'parent_id.color:sum', this dot notation is not supported"),
        ("color:sum_currency", "Aggregator \"sum_currency\" only works on currency field for 'color'"),
        ("category_id:count", "Cannot convert res.partner.category_id to SQL because it is not stored"),
        ("a b", "Invalid aggregate/groupby specification 'a b'."),
    ],
)
def test_refused(env: Any, spec: str, message: str) -> None:
    """What is no aggregate is named in the error."""
    with pytest.raises(ValueError, match=re.escape(message)):
        aggregate(env, spec)


@pytest.mark.parametrize("spec", ["name:sum", "name:avg", "active:max", "color:bool_or"])
def test_functions_that_the_type_lacks(env: Any, spec: str) -> None:
    """PostgreSQL has no sum of texts: the error is the database's."""
    with pytest.raises(DatabaseError) as caught:
        aggregate(env, spec)
    assert caught.value.name == "psycopg2.errors.UndefinedFunction"
