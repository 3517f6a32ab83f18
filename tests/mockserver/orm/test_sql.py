"""SQL composes text and parameters; Query puts a statement together."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.orm.sql import SQL, TRUE, Query


class Partner:
    """The part of a model that a query needs."""

    _table = "res_partner"


@pytest.mark.parametrize(
    ("piece", "text", "params"),
    [
        (SQL("SELECT 1"), "SELECT 1", ()),
        (SQL("a = %s", 5), "a = ?", (5,)),
        (SQL("a LIKE '%%x' AND b = %s", None), "a LIKE '%x' AND b = ?", (None,)),
        (SQL("%s AND %s", SQL("a = %s", 1), SQL("b = %s", 2)), "a = ? AND b = ?", (1, 2)),
        (SQL("%s", "50% off"), "?", ("50% off",)),
        (SQL.identifier("res_partner"), '"res_partner"', ()),
        (SQL.identifier("res_partner", "name"), '"res_partner"."name"', ()),
        (SQL(" OR ").join([SQL("a = %s", 1), SQL("b")]), "a = ? OR b", (1,)),
        (SQL.raw("a = ?", [1]), "a = ?", (1,)),
    ],
)
def test_composition(piece: SQL, text: str, params: tuple[object, ...]) -> None:
    """Pieces are inlined, values bound in their order."""
    assert (piece.text, piece.params) == (text, params)


def test_identifiers_are_not_values() -> None:
    """A name with a quote in it is refused."""
    with pytest.raises(ValueError, match="identifier"):
        SQL.identifier('a" OR 1')


def test_select() -> None:
    """Joins, conditions, order and window come in the order SQL wants them."""
    query = Query(Partner())
    query.where(TRUE)
    query.where(SQL("a = %s", 1))
    country = query.left_join("res_partner", "country_id", "res_country")
    assert query.left_join("res_partner", "country_id", "res_country") == country
    query.where(SQL("%s = %s", SQL.identifier(country, "code"), "US"))
    query.order, query.limit, query.offset = SQL.identifier(country, "name"), 5, 10
    statement = query.select()
    assert statement.text == (
        'SELECT "res_partner"."id" FROM "res_partner" LEFT JOIN "res_country" AS "res_partner__country_id" '
        'ON ("res_partner"."country_id" = "res_partner__country_id"."id") '
        'WHERE (a = ?) AND ("res_partner__country_id"."code" = ?) '
        'ORDER BY "res_partner__country_id"."name" LIMIT ? OFFSET ?'
    )
    assert statement.params == (1, "US", 5, 10)


def test_subselect_drops_a_needless_order() -> None:
    """Inside another statement the order matters only together with a limit."""
    query = Query(Partner())
    query.order = SQL("x")
    assert query.subselect().text == '(SELECT "res_partner"."id" FROM "res_partner")'
    query.limit = 1
    assert query.subselect().text == '(SELECT "res_partner"."id" FROM "res_partner" ORDER BY x LIMIT ?)'


def test_count() -> None:
    """A count respects the limit."""
    query = Query(Partner())
    assert query.count().text == 'SELECT COUNT(*) FROM "res_partner"'
    query.limit = 2
    assert query.count().text == 'SELECT COUNT(*) FROM (SELECT 1 FROM "res_partner" LIMIT ?) AS "counted"'


def test_long_aliases_differ_within_what_postgresql_keeps_of_a_name() -> None:
    """Aliases that differ only beyond 63 letters stay two, and none is longer than that."""
    query, start = Query(Partner()), "partner__" * 8
    aliases = [query.new_alias(wanted) for wanted in (f"{start}one", f"{start}two", f"{start}two")]
    assert len({alias[:63] for alias in aliases}) == len(aliases)
    assert max(map(len, aliases)) <= 63
