"""Conversions, as tables: what is given, what `read` answers (recordings field/…)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver import fields, models
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores import open_store


class Sample(models.Model):
    """A field of each kind."""

    _name = "my.sample"
    _description = "Sample"

    char = fields.Char()
    short = fields.Char(size=3)
    text = fields.Text()
    html = fields.Html()
    integer = fields.Integer()
    float = fields.Float()
    weight = fields.Float(digits=(16, 2))
    boolean = fields.Boolean()
    date = fields.Date()
    datetime = fields.Datetime()
    selection = fields.Selection([("a", "A"), ("b", "B")])
    many2one = fields.Many2one("res.country")
    json = fields.Json()
    reference = fields.Reference([("res.country", "Country")])


@pytest.fixture(scope="module")
def _database() -> Iterator[Database]:
    registry = Registry(Catalogue.odoo_19(), [__name__])
    database = Database("test", open_store(), registry, Settings(), Clock())
    yield database
    database.close()


@pytest.fixture
def samples(_database: Database) -> Iterator[Any]:
    """The model, in a transaction."""
    assert sys.modules[__name__]
    with _database.transaction() as env:
        yield env["my.sample"]


TAKEN = [
    ("char", "  a ", "  a "),
    ("char", "", ""),
    ("char", False, False),
    ("char", None, False),
    ("char", True, "True"),
    ("char", 5, "5"),
    ("char", [1, "a"], "[1, 'a']"),
    ("short", "abcdef", "abc"),
    ("text", "a\nb", "a\nb"),
    ("html", "plain", "<p>plain</p>"),
    ("html", "<p>n</p><script>z</script>", "<p>n</p>"),
    ("integer", "5", 5),
    ("integer", " 7 ", 7),
    ("integer", 1.9, 1),
    ("integer", "", 0),
    ("integer", [], 0),
    ("integer", None, 0),
    ("integer", True, 1),
    ("float", "2.5", 2.5),
    ("float", 10.005, 10.005),
    ("float", None, 0.0),
    ("weight", 0.125, 0.13),
    ("weight", -0.125, -0.13),
    ("weight", 2.675, 2.68),
    ("boolean", "x", True),
    ("boolean", "", False),
    ("boolean", None, False),
    ("date", "2030-01-02", "2030-01-02"),
    ("date", "2030-01-02 23:59:59", "2030-01-02"),
    ("date", "2030-2-3", "2030-02-03"),
    ("date", False, False),
    ("datetime", "2030-01-02", "2030-01-02 00:00:00"),
    ("datetime", "2030-01-02 03:04:05", "2030-01-02 03:04:05"),
    ("datetime", None, False),
    ("selection", "a", "a"),
    ("selection", "", False),
    ("selection", None, False),
    ("many2one", 20, (20, "Belgium")),
    ("many2one", 0, False),
    ("json", {"a": [1, None]}, {"a": [1, None]}),
    ("json", False, False),
    ("reference", "res.country,20", "res.country,20"),
    ("reference", False, False),
]

REFUSED = [
    ("char", "a\x00b", "NUL"),
    ("integer", "1.5", r"invalid literal for int\(\) with base 10: '1.5'"),
    ("integer", "abc", r"invalid literal for int\(\) with base 10: 'abc'"),
    ("float", "abc", "could not convert string to float: 'abc'"),
    ("date", "02/01/2030", "does not match format"),
    ("datetime", "2030-01-02T03:04:05", "does not match format|unconverted data"),
    ("datetime", "2030-01-02 03:04:05Z", "does not match format|unconverted data"),
    ("selection", "c", "Wrong value for my.sample.selection: 'c'"),
]


@pytest.mark.parametrize(("name", "given", "read"), TAKEN)
def test_a_value_is_taken(samples: Any, name: str, given: Any, read: Any) -> None:
    """Created with, written with: it reads the same, also from the database."""
    made, changed = samples.create({name: given}), samples.create({})
    changed.write({name: given})
    samples.env.transaction.invalidate()
    assert [row[name] for row in (made | changed).read([name])] == [read, read]


@pytest.mark.parametrize(("name", "given", "message"), REFUSED)
def test_a_value_is_refused(samples: Any, name: str, given: Any, message: str) -> None:
    """A ValueError says why."""
    with pytest.raises(ValueError, match=message):
        samples.create({name: given})


def test_great_numbers_have_no_decimals_to_round(env: Any) -> None:
    """They are kept, and compared, as they are."""
    partner = env["res.partner"].create({"name": "P", "partner_latitude": 1e300})
    assert partner.partner_latitude == 1e300
    assert env["res.partner"].search([("partner_latitude", ">", 1e22), ("id", "=", partner.id)]) == partner
