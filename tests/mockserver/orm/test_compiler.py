"""Domains as SQL: text, parameters, and the records they find, for every type of field."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver import fields, models
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import DatabaseError, OdooError
from fauxdoo.mockserver.orm.compiler import search_query
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores import open_store


class Shelf(models.Model):
    """What books stand on; shelves stand on shelves."""

    _name = "t.shelf"
    _description = "Shelf"
    _order = "name"

    name = fields.Char()
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("t.shelf")
    book_ids = fields.One2many("t.book", "shelf_id")


class Tag(models.Model):
    """A word about books."""

    _name = "t.tag"
    _description = "Tag"

    name = fields.Char()
    active = fields.Boolean(default=True)


class Book(models.Model):
    """A field of every type."""

    _name = "t.book"
    _description = "Book"

    name = fields.Char()
    note = fields.Text()
    pages = fields.Integer()
    price = fields.Float()
    weight = fields.Float(digits=(16, 2))
    lent = fields.Boolean()
    day = fields.Date()
    moment = fields.Datetime()
    state = fields.Selection([("new", "New"), ("old", "Old")])
    shelf_id = fields.Many2one("t.shelf")
    tag_ids = fields.Many2many("t.tag")
    cover = fields.Binary(attachment=False)
    shelf_name = fields.Char(related="shelf_id.name")
    heavy = fields.Boolean(compute="_compute_heavy", search="_search_heavy")
    odd = fields.Boolean(compute="_compute_heavy")

    def _compute_heavy(self) -> None:
        for book in self:
            book.heavy = book.odd = book.weight > 1

    def _search_heavy(self, operator: str, value: Any) -> Any:
        if operator != "in":
            return NotImplemented
        return [("weight", ">", 1)]


@pytest.fixture(scope="module")
def env() -> Iterator[Any]:
    """A small library: shelves S1 > S2, S3 (archived); books b1 to b5, the last without any value."""
    registry = Registry(Catalogue.odoo_19(), (sys.modules[__name__].__name__,))
    database = Database("library", open_store(), registry, Settings(), Clock())
    with database.transaction() as env:
        s1 = env["t.shelf"].create([{"name": "S1"}])
        s2 = env["t.shelf"].create([{"name": "S2", "parent_id": s1.id}])
        s3 = env["t.shelf"].create([{"name": "S3", "active": False}])
        red, blue, gone = env["t.tag"].create([{"name": "red"}, {"name": "blue"}, {"name": "gone", "active": False}])
        env["t.book"].create(
            [
                {
                    "name": "ABC",
                    "note": "x",
                    "pages": 5,
                    "price": 1.5,
                    "weight": 0.125,
                    "lent": True,
                    "day": "2024-01-15",
                    "moment": "2024-01-15 10:00:00",
                    "state": "new",
                    "shelf_id": s1.id,
                    "tag_ids": [(6, 0, [red.id])],
                    "cover": b"AAAA",
                },
                {
                    "name": "abc",
                    "note": "",
                    "pages": 0,
                    "price": 10,
                    "weight": 2.5,
                    "lent": False,
                    "day": "2024-02-29",
                    "moment": "2024-01-15 23:59:59",
                    "state": "old",
                    "shelf_id": s2.id,
                    "tag_ids": [(6, 0, [red.id, blue.id])],
                },
                {
                    "name": "100%",
                    "pages": -3,
                    "price": -2,
                    "weight": 0.1,
                    "day": "2022-12-31",
                    "moment": "2024-01-16 00:00:00",
                    "shelf_id": s3.id,
                    "tag_ids": [(6, 0, [gone.id])],
                },
                {"name": "Éa_b", "pages": 11, "price": 99.99, "weight": 0, "moment": "2024-12-31 22:30:00"},
                {"name": False},
            ]
        )
        env.flush()
        yield env


def where(env: Any, domain: Any) -> tuple[str, tuple[Any, ...]]:
    """The condition of the query for books, without the name of their table."""
    query = search_query(env["t.book"], domain, order="id")
    text = " AND ".join(condition.text for condition in query.conditions)
    params = tuple(value for condition in query.conditions for value in condition.params)
    return text.replace('"t_book".', "").replace('"', ""), params


def found(env: Any, domain: Any, **kwargs: Any) -> list[int]:
    """The numbers of the books that a domain finds."""
    books = env["t.book"].search([], order="id").ids
    query = search_query(env["t.book"], domain, **{"order": "id", **kwargs})
    return [1 + books.index(row[0]) for row in env.cr.execute(query.select())]


SCALARS: list[tuple[tuple[Any, ...], str, tuple[Any, ...], list[int]]] = [
    # text: NULL, False, None and '' are one value
    (("name", "=", "abc"), "name = ?", ("abc",), [2]),
    (("name", "!=", "abc"), "(name <> ? OR name IS NULL)", ("abc",), [1, 3, 4, 5]),
    (("name", "=", False), "(name = ? OR name IS NULL)", ("",), [5]),
    (("note", "=", ""), "(note = ? OR note IS NULL)", ("",), [2, 3, 4, 5]),
    (("note", "!=", None), "note <> ?", ("",), [1]),
    (("name", "in", ["abc", "ABC"]), "name IN (?, ?)", ("abc", "ABC"), [1, 2]),
    (("name", "in", ["abc", False]), "(name IN (?, ?) OR name IS NULL)", ("abc", ""), [2, 5]),
    (("name", "not in", ["abc", False]), "name NOT IN (?, ?)", ("abc", ""), [1, 3, 4]),
    (("name", "not in", ["abc"]), "(name <> ? OR name IS NULL)", ("abc",), [1, 3, 4, 5]),
    (("name", "in", "abc"), "name = ?", ("abc",), [2]),
    (("name", "in", []), "FALSE", (), []),
    (("name", "not in", []), "", (), [1, 2, 3, 4, 5]),
    (("name", "in", False), "FALSE", (), []),
    (("name", "=", ["abc", "ABC"]), "name IN (?, ?)", ("abc", "ABC"), [1, 2]),
    (("name", "=", 5), "name = ?", ("5",), []),
    (("name", "=", True), "name = ?", ("True",), []),
    (("name", "<", "B"), "(name < ? OR name IS NULL)", ("B",), [1, 3, 5]),
    (("name", ">", "B"), "name > ?", ("B",), [2, 4]),
    (("name", "<=", ""), "(name <= ? OR name IS NULL)", ("",), [5]),
    (("name", "=?", False), "", (), [1, 2, 3, 4, 5]),
    (("name", "=?", "abc"), "name = ?", ("abc",), [2]),
    # patterns
    (("name", "like", "abc"), "name GLOB ?", ("*abc*",), [2]),
    (("name", "ilike", "abc"), "name LIKE ? ESCAPE '\\'", ("%abc%",), [1, 2]),
    (("name", "ilike", "éA"), "unicode_fold(name) GLOB ?", ("*éa*",), [4]),
    (("name", "=like", "A%"), "name GLOB ?", ("A*",), [1]),
    (("name", "=ilike", "a__"), "name LIKE ? ESCAPE '\\'", ("a__",), [1, 2]),
    (("name", "like", "0\\%"), "name GLOB ?", ("*0%*",), [3]),
    (("name", "like", "a_b"), "name GLOB ?", ("*a?b*",), [4]),
    (("name", "like", "[*?"), "name GLOB ?", ("*[[][*][?]*",), []),
    (("name", "not like", "abc"), "(NOT name GLOB ? OR name IS NULL)", ("*abc*",), [1, 3, 4, 5]),
    (("name", "ilike", ""), "", (), [1, 2, 3, 4, 5]),
    (("name", "not ilike", False), "FALSE", (), []),
    (("name", "=like", ""), "(name = ? OR name IS NULL)", ("",), [5]),
    (("name", "not =ilike", False), "name <> ?", ("",), [1, 2, 3, 4]),
    (("name", "ilike", 100), "name LIKE ? ESCAPE '\\'", ("%100%",), [3]),
    (("pages", "like", "1"), "pages GLOB ?", ("*1*",), [4]),
    (("price", "=like", "1%"), "float_text(price) GLOB ?", ("1*",), [1, 2]),
    (("weight", "like", "0.1"), "decimals_text(?, weight) GLOB ?", (2, "*0.1*"), [1, 3]),
    (("day", "like", "2024"), "day GLOB ?", ("*2024*",), [1, 2]),
    (("state", "ilike", "NE"), "state LIKE ? ESCAPE '\\'", ("%NE%",), [1]),
    # numbers: 0 is unset, operands are cast
    (("pages", "=", 0), "(pages = ? OR pages IS NULL)", (0,), [2, 5]),
    (("pages", "!=", False), "pages <> ?", (0,), [1, 3, 4]),
    (("pages", "=", "5"), "pages = ?", (5,), [1]),
    (("pages", "=", 5.9), "pages = ?", (5,), [1]),
    (("pages", "<", 1), "(pages < ? OR pages IS NULL)", (1,), [2, 3, 5]),
    (("pages", ">=", False), "(pages >= ? OR pages IS NULL)", (0,), [1, 2, 4, 5]),
    (("pages", "<", 10**30), "(pages < ? OR pages IS NULL)", (1e30,), [1, 2, 3, 4, 5]),
    (("price", ">", "1.5"), "price > ?", (1.5,), [2, 4]),
    (("price", "=", False), "(price = ? OR price IS NULL)", (0.0,), [5]),
    (("weight", "=", 0.125), "weight = ?", (0.13,), [1]),
    # booleans
    (("lent", "=", True), "lent = ?", (1,), [1]),
    (("lent", "=", False), "(lent <> ? OR lent IS NULL)", (1,), [2, 3, 4, 5]),
    (("lent", "!=", 0), "lent = ?", (1,), [1]),
    (("lent", "=", "yes"), "lent = ?", (1,), [1]),
    (("lent", "=", "no"), "(lent <> ? OR lent IS NULL)", (1,), [2, 3, 4, 5]),
    (("lent", "in", [True, False]), "", (), [1, 2, 3, 4, 5]),
    (("lent", "not in", [True, False]), "FALSE", (), []),
    (("lent", "like", ""), "", (), [1, 2, 3, 4, 5]),
    # dates
    (("day", "=", "2024-01-15"), "day = ?", ("2024-01-15",), [1]),
    (("day", "=", "2024-01-15 23:00:00"), "day = ?", ("2024-01-15",), [1]),
    (("day", "!=", "2024-01-15"), "(day <> ? OR day IS NULL)", ("2024-01-15",), [2, 3, 4, 5]),
    (("day", "=", False), "day IS NULL", (), [4, 5]),
    (("day", "!=", False), "day IS NOT NULL", (), [1, 2, 3]),
    (("day", "<", False), "FALSE", (), []),
    (("day", ">", "2024-01-15"), "day > ?", ("2024-01-15",), [2]),
    (("day.month_number", "=", 2), "date_part(?, day, ?) = ?", ("month_number", None, 2), [2]),
    (("day.year_number", "!=", 2024), "(date_part(?, day, ?) <> ? OR date_part(?, day, ?) IS NULL)",
     ("year_number", None, 2024, "year_number", None), [3, 4, 5]),
    (("day.day_of_week", "=", "1"), "date_part(?, day, ?) = ?", ("day_of_week", None, 1), [1]),
    (("moment", "=", "2024-01-15 10:00:00"), "moment >= ? AND moment < ?",
     ("2024-01-15 10:00:00", "2024-01-15 10:00:01"), [1]),
    (("moment", "<=", "2024-01-15"), "moment < ?", ("2024-01-16 00:00:00",), [1, 2]),
    (("moment", ">", "2024-01-15"), "moment >= ?", ("2024-01-16 00:00:00",), [3, 4]),
    (("moment", ">", "2024-01-15 10:00:00"), "moment >= ?", ("2024-01-15 10:00:01",), [2, 3, 4]),
    (("moment", ">", "9999-12-31"), "FALSE", (), []),
    (("moment", "<=", "9999-12-31"), "moment IS NOT NULL", (), [1, 2, 3, 4]),
    # selections, ids, binaries
    (("state", "=", "new"), "state = ?", ("new",), [1]),
    (("state", "=", ""), "state = ?", ("",), []),
    (("state", "!=", "new"), "(state <> ? OR state IS NULL)", ("new",), [2, 3, 4, 5]),
    (("state", ">", False), "FALSE", (), []),
    (("id", "=", False), "FALSE", (), []),
    (("id", "!=", False), "", (), [1, 2, 3, 4, 5]),
    (("id", "in", [False, 7]), "id = ?", (7,), []),
    (("id", "=", "7"), "id = ?", (7,), []),
    (("cover", "!=", False), "cover IS NOT NULL", (), [1]),
    (("cover", "=", "x"), "", (), [1, 2, 3, 4, 5]),
    # links
    (("shelf_id", "=", False), "shelf_id IS NULL", (), [4, 5]),
    (("shelf_id", "=", 0), "shelf_id = ?", (None,), []),
    (("shelf_id", "!=", 0), "(shelf_id <> ? OR shelf_id IS NULL)", (None,), [4, 5]),
    (("shelf_id", ">", 0), "FALSE", (), []),
    (("shelf_id", "any", []), "shelf_id IS NOT NULL", (), [1, 2, 3]),
    (("shelf_id", "not any", []), "shelf_id IS NULL", (), [4, 5]),
    (("shelf_id", "any", [(0, "=", 1)]), "FALSE", (), []),
    (("shelf_id", "any", [("name", "=", "S3")]), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name = ?)",
     ("S3",), [3]),
    (("shelf_id.name", "!=", "S1"), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE (t_shelf.name <> ? OR "
     "t_shelf.name IS NULL))", ("S1",), [2, 3]),
    (("shelf_id", "ilike", "s1"), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name LIKE ? ESCAPE '\\')",
     ("%s1%",), [1]),
    (("shelf_id", "!=", "S1"), "(shelf_id NOT IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name = ?) OR "
     "shelf_id IS NULL)", ("S1",), [2, 3, 4, 5]),
    (("shelf_id", "in", ["S1", False]), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name = ?) OR "
     "shelf_id IS NULL", ("S1",), [1, 4, 5]),
    (("shelf_id.", "=", False), "shelf_id IS NULL", (), [4, 5]),
    # fields that are not stored
    (("shelf_name", "=", "S2"), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name = ?)", ("S2",), [2]),
    (("shelf_name", "=", False), "shelf_id IN (SELECT t_shelf.id FROM t_shelf WHERE (t_shelf.name = ? OR "
     "t_shelf.name IS NULL)) OR shelf_id IS NULL", ("",), [4, 5]),
    (("shelf_name", "!=", "S2"), "(shelf_id NOT IN (SELECT t_shelf.id FROM t_shelf WHERE t_shelf.name = ?) OR "
     "shelf_id IS NULL)", ("S2",), [1, 3, 4, 5]),
    (("heavy", "=", True), "weight > ?", (1.0,), [2]),
    (("heavy", "=", False), "(weight <= ? OR weight IS NULL)", (1.0,), [1, 3, 4, 5]),
]  # fmt: skip


@pytest.mark.parametrize(("leaf", "text", "params", "books"), SCALARS, ids=[str(case[0]) for case in SCALARS])
def test_leaf(env: Any, leaf: tuple[Any, ...], text: str, params: tuple[Any, ...], books: list[int]) -> None:
    """One condition: its SQL, the values bound, the books found."""
    assert where(env, [leaf]) == (text, params)
    assert found(env, [leaf]) == books


@pytest.mark.parametrize(
    ("domain", "books"),
    [
        (["!", ("name", ">", "B")], [1, 3, 5]),
        (["!", ("day", ">", "2024-01-15")], [1, 3, 4, 5]),
        (["!", ("day", "<", False)], [1, 2, 3, 4, 5]),
        (["!", ("moment", "<=", "2024-01-15")], [3, 4, 5]),
        (["!", ("moment", "=", "2024-01-15 10:00:00")], [2, 3, 4, 5]),
        (["!", ("shelf_id", ">", 0)], [4, 5]),
        (["!", ("shelf_id.name", "=", "S1")], [2, 3, 4, 5]),
        (["!", ("day.month_number", "=", 2)], [1, 3, 4, 5]),
        (["!", ("day.year_number", "<", 2024)], [1, 2, 4, 5]),
        (["!", "|", ("name", "=", "abc"), ("pages", ">", 4)], [3, 5]),
        (["!", ("name", "=?", False)], []),
        (["|", ("name", "=", "abc"), "!", ("name", "=", "abc")], [1, 2, 3, 4, 5]),
        ([("name", "=", "abc"), "!", ("name", "=", "abc")], []),
        ([("name", "in", ["abc", "ABC"]), ("name", "in", ["abc", "x"])], [2]),
        (["|", ("name", "!=", "abc"), ("name", "!=", "ABC")], [1, 2, 3, 4, 5]),
        ([("name", "!=", "abc"), ("name", "!=", "ABC")], [3, 4, 5]),
        ([("tag_ids", "!=", False)], [1, 2, 3]),
        ([("tag_ids", "=", False)], [4, 5]),
        ([("tag_ids", "=", 0)], [4, 5]),
        ([("tag_ids", "=", "blue")], [2]),
        ([("tag_ids", "!=", "red")], [3, 4, 5]),
        ([("tag_ids", "in", ["blue", False])], [2, 4, 5]),
        ([("tag_ids", "=", "gone")], []),
        ([("tag_ids.active", "=", False)], [3]),
        ([("tag_ids", "ilike", "")], [1, 2, 3]),
        ([("tag_ids", "not any", [("name", "=", "red")])], [3, 4, 5]),
        ([("tag_ids.name", "not ilike", "red")], [2]),
        ([("tag_ids", "any", [("name", "=", "red")]), ("tag_ids", "any", [("name", "=", "blue")])], [2]),
        ([("shelf_id.book_ids.name", "=", "abc")], [2]),
        ([("shelf_id.parent_id.name", "=", "S1")], [2]),
        ([("shelf_id.parent_id", "=", False)], [1, 3]),
        ([("shelf_id", "child_of", "S1")], [1, 2]),
        ([("shelf_id", "parent_of", "S2")], [1, 2]),
        (["!", ("shelf_id", "child_of", "S1")], [3, 4, 5]),
        ([("shelf_id", "child_of", False)], []),
        ([("shelf_id", "child_of", [])], []),
        ([("shelf_id", "child_of", 99999)], []),
        ([("shelf_id.display_name", "in", ["S2", "S3"])], [2, 3]),
        ([("name", "in", []), ("nope", "=", 1)], []),
    ],
)
def test_domain(env: Any, domain: list[Any], books: list[int]) -> None:
    """Negation, sets on one field, relations and hierarchies find what Odoo finds."""
    assert found(env, domain) == books


@pytest.mark.parametrize(
    ("domain", "error", "message"),
    [
        ([("nope", "=", 1)], ValueError, "Invalid field t.book.nope in condition ('nope', '=', 1)"),
        ([("nope", "in", [])], ValueError, "Invalid field t.book.nope in condition ('nope', 'in', [])"),
        ([("shelf_id.nope", "=", 1)], ValueError, "Invalid field t.shelf.nope in condition ('nope', '=', 1)"),
        ([("name.foo", "=", 1)], ValueError, "Invalid field property 'foo' on t.book.name"),
        ([(".name", "=", 1)], ValueError, "Invalid field expression ''"),
        ([("shelf_id..name", "=", 1)], ValueError, "Invalid field expression ''"),
        ([("odd", "=", True)], ValueError, "Cannot convert t.book.odd to SQL because it is not stored"),
        ([("pages", "=", "abc")], ValueError, "invalid literal for int() with base 10: 'abc'"),
        ([("price", ">", "abc")], ValueError, "could not convert string to float: 'abc'"),
        ([("name", "=", {})], TypeError, "unhashable type: 'dict'"),
        ([("name", "=", "\0")], ValueError, "A string literal cannot contain NUL (0x00) characters."),
        ([("name", "=like", 100)], TypeError,
         "The pattern to match must be a string in condition ('name', '=like', 100)"),
        ([("name", "any", [])], ValueError,
         "Cannot use 'any' with non-relational fields in condition ('name', 'any', [(1, '=', 1)])"),
        ([("name", "child_of", 1)], ValueError,
         "Cannot execute child_of for t.book.name, works only for relational fields in condition "
         "('name', 'child_of', 1)"),
        ([("lent", ">", False)], ValueError,
         "Cannot compare 'lent' to <class 'bool'> which is not a collection of length 1 in condition "
         "('lent', '>', False)"),
        ([("shelf_id", "<", "S1")], TypeError,
         "Inequality not supported for relational field using a string in condition ('shelf_id', '<', 'S1')"),
        ([("day", "=", "soon")], ValueError, "Invalid term 'soon' in expression date: 'soon'"),
        ([("day", "=", 5)], ValueError, "Failed to cast 5 into a date"),
        ([("day.month", "=", 5)], ValueError,
         "Error when processing the granularity month is not supported. Only year_number, quarter_number, "
         "month_number, iso_week_number, day_of_year, day_of_month, day_of_week, hour_number, minute_number, "
         "second_number are supported"),
    ],
)  # fmt: skip
def test_refusals(env: Any, domain: list[Any], error: type[Exception], message: str) -> None:
    """What cannot be asked is refused with Odoo's class and text."""
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        where(env, domain)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (("id", "=", True), "UndefinedFunction"),
        (("id", "=", "abc"), "InvalidTextRepresentation"),
        (("shelf_id", "=", True), "UndefinedFunction"),
        (("name", "=like", "a\\"), "InvalidEscapeSequence"),
    ],
)
def test_database_errors(env: Any, value: tuple[Any, ...], name: str) -> None:
    """Where PostgreSQL would refuse the comparison, its class is named."""
    with pytest.raises(DatabaseError) as caught:
        where(env, [value])
    assert caught.value.name == f"psycopg2.errors.{name}"


def test_parts_of_a_moment_are_of_the_time_zone(env: Any) -> None:
    """Hours and days are those of the context's time zone, UTC for an unknown one."""
    for tz, books in (("Europe/Brussels", [4]), ("Bad/Zone", []), ("UTC", [])):
        local = env(context={"tz": tz})
        assert found(local, [("moment.hour_number", "=", 23), ("moment.month_number", "=", 12)]) == books


def test_active_records(env: Any) -> None:
    """Archived records are left out unless the domain speaks of the active field, outside of other models."""
    shelves = env["t.shelf"]

    def names(domain: Any, **kwargs: Any) -> list[str]:
        query = search_query(shelves, domain, **kwargs)
        return [shelves.browse(row[0]).name for row in env.cr.execute(query.select())]

    assert names([]) == ["S1", "S2"]
    assert names([], active_test=False) == ["S1", "S2", "S3"]
    assert names([("active", "=", False)]) == ["S3"]
    assert names(["|", ("active", "=", False), ("name", "=", "S1")]) == ["S1", "S3"]
    assert names([("active", "in", [True, False])]) == ["S1", "S2", "S3"]
    assert names([("parent_id.active", "=", True)]) == ["S2"]
    assert names(["|", (1, "=", 1), ("active", "=", False)]) == ["S1", "S2"]


def test_access_domain(env: Any) -> None:
    """What the record rules allow is a condition of its own."""
    domain = ["|", ("name", "=", "abc"), ("name", "=", "ABC")]
    assert found(env, domain, access_domain=["|", ("pages", "=", 5), ("pages", "=", 11)]) == [1]


@pytest.mark.parametrize(
    ("limit", "offset", "books"),
    [
        (None, 0, [1, 2, 3, 4, 5]),
        (0, 0, [1, 2, 3, 4, 5]),
        (False, None, [1, 2, 3, 4, 5]),
        (2, 0, [1, 2]),
        ("2", "1", [2, 3]),
        (2.7, 0, [1, 2, 3]),
        (None, 3, [4, 5]),
        (10**30, 4, [5]),
    ],
)
def test_limit_and_offset(env: Any, limit: Any, offset: Any, books: list[int]) -> None:
    """Zero is no limit, texts are cast, fractions rounded."""
    assert found(env, [], limit=limit, offset=offset) == books


@pytest.mark.parametrize(
    ("kwargs", "name"),
    [
        ({"limit": -1}, "InvalidRowCountInLimitClause"),
        ({"offset": -1}, "InvalidRowCountInResultOffsetClause"),
        ({"limit": "x"}, "InvalidTextRepresentation"),
        ({"limit": True}, "DatatypeMismatch"),
    ],
)
def test_refused_limits(env: Any, kwargs: dict[str, Any], name: str) -> None:
    """A limit that PostgreSQL refuses is refused with its class, unless the domain finds nothing anyway."""
    with pytest.raises(DatabaseError) as caught:
        found(env, [], **kwargs)
    assert caught.value.name == f"psycopg2.errors.{name}"
    assert found(env, False, **kwargs) == []


@pytest.mark.parametrize(
    "domain",
    [
        ["|"] * 4999 + [("name", "=", f"{n}") for n in range(5000)],
        ["|"] * 4999 + [("name", "ilike", f"{n}x") for n in range(5000)],
        [("name", "in", [f"{n}" for n in range(40_000)])],
        [("id", "in", list(range(1_000_000, 1_040_000)))],
        [item for n in range(100) for item in ("|&"[n % 2], ("name", "=like", f"{n}"))] + [("name", "=", "nope")],
        [(".".join(["parent_id"] * 100 + ["name"]), "=", "x")],
        [("name", "ilike", "x" * 100_000)],
    ],
    ids=["many equalities", "many patterns", "long set", "long ids", "deep", "long path", "long pattern"],
)
def test_hostile_domains(env: Any, domain: list[Any]) -> None:
    """Thousands of leaves, deep nesting and long sets stay within SQLite's limits."""
    query = search_query(env["t.shelf"], domain)
    assert env.cr.execute(query.select()) == []


def test_every_field_can_be_asked_anything(env: Any) -> None:
    """Whatever the field, the operator and the value: records are found, or Odoo's kind of error comes."""
    operators = (
        "=",
        "!=",
        "in",
        "not in",
        "<",
        ">=",
        "like",
        "not ilike",
        "=like",
        "=?",
        "any",
        "child_of",
        "parent_of",
    )
    values = (False, 0, 5, "x", "", 1.5, [], [1, "x", False], {"a": 1}, "2024-01-01", True, [("name", "=", "x")])
    asked = 0
    for model in ("res.partner", "product.product", "res.users", "t.book"):
        env.registry.ensure(env, model)
        for name in env.registry[model]._fields:
            for operator in operators:
                asked += 1
                with suppress(ValueError, TypeError, OdooError):
                    query = search_query(env[model], [(name, operator, values[asked % len(values)])], limit=1)
                    env.cr.execute(query.select())
    assert asked > 5000


@pytest.mark.parametrize("model", ["res.partner", "product.product", "hr.employee"])
def test_every_field_can_be_sorted_by(env: Any, model: str) -> None:
    """Or is refused because it has no column."""
    env.registry.ensure(env, model)
    for name in env.registry[model]._fields:
        with suppress(ValueError):
            env.cr.execute(search_query(env[model], [], order=name, limit=1).select())
