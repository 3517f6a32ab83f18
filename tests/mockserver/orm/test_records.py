"""What an extension's models do: computed values, lines, links, checks, deletion, copies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores import open_store


class Order(models.Model):
    """An order as a user of the ORM writes it."""

    _name = "my.order"
    _description = "My Order"
    _order = "id desc"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one("res.partner", "Customer")
    country_id = fields.Many2one("res.country", related="partner_id.country_id", store=True)
    city = fields.Char(related="partner_id.city")
    line_ids = fields.One2many("my.line", "order_id", "Lines", copy=True)
    tag_ids = fields.Many2many("res.partner.category", string="Tags")
    total = fields.Float(compute="_compute_total", store=True)
    size = fields.Selection([("s", "Small"), ("l", "Large")], compute="_compute_size", inverse="_inverse_size")
    state = fields.Selection([("draft", "Draft"), ("done", "Done")], default="draft")

    @api.depends("line_ids.price", "line_ids.quantity")
    def _compute_total(self) -> None:
        for order in self:
            order.total = sum(line.price * line.quantity for line in order.line_ids)

    @api.depends("total")
    def _compute_size(self) -> None:
        for order in self:
            order.size = "l" if order.total > 100 else "s"

    def _inverse_size(self) -> None:
        for order in self:
            order.name = f"{order.name} ({order.size})"

    @api.constrains("name")
    def _check_name(self) -> None:
        for order in self:
            if order.name == "forbidden":
                raise ValidationError("This name is not allowed.")

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self) -> None:
        if any(order.state == "done" for order in self):
            raise UserError("A done order stays.")


class Line(models.Model):
    """A line of it."""

    _name = "my.line"
    _description = "My Line"

    order_id = fields.Many2one("my.order", required=True, ondelete="cascade")
    price = fields.Float()
    quantity = fields.Integer(default=1)


class Partner(models.Model):
    """A field and a check more on partners."""

    _inherit = "res.partner"

    shoe_size = fields.Integer()

    def write(self, vals: dict[str, Any]) -> bool:
        if vals.get("shoe_size", 0) > 60:
            raise UserError("Nobody has such feet.")
        return super().write(vals)


@pytest.fixture
def make_database() -> Iterator[Callable[..., Database]]:
    """Makes databases nobody is kept from, with the classes of extension modules."""
    made: list[Database] = []

    def make(*extensions: ModuleType) -> Database:
        registry = Registry(Catalogue.odoo_19(), [module.__name__ for module in extensions])
        made.append(Database("test", open_store(), registry, Settings(), Clock()))
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def env(make_database: Callable[..., Database]) -> Iterator[Any]:
    """An environment that knows the orders extension."""
    with make_database(sys.modules[__name__]).transaction() as env:
        yield env


@pytest.fixture
def order(env: Any) -> Any:
    """An order of two lines, 25.0 in total."""
    lines = [(0, 0, {"price": 10.0, "quantity": 2}), (0, 0, {"price": 5.0})]
    return env["my.order"].create({"name": "O1", "line_ids": lines})


class TestComputedFields:
    """Stored values follow what they depend on."""

    def test_a_total_is_there_after_create(self, order: Any) -> None:
        """A stored computed field has its value as soon as the record exists."""
        assert order.total == 25.0

    def test_a_total_follows_a_line(self, env: Any, order: Any) -> None:
        """Writing a line recomputes its parent, and the database knows it."""
        order.line_ids[0].price = 20.0
        assert order.total == 45.0
        assert env["my.order"].search([("total", "=", 45.0)]) == order

    def test_a_total_follows_a_deleted_line(self, order: Any) -> None:
        """A line that goes takes its part of the total along."""
        order.line_ids[0].unlink()
        assert order.total == 5.0

    def test_a_total_follows_a_moved_line(self, env: Any, order: Any) -> None:
        """A line that changes its parent changes both totals."""
        other = env["my.order"].create({"name": "O2"})
        order.line_ids[0].order_id = other
        assert (order.total, other.total) == (5.0, 20.0)

    def test_a_value_that_is_not_stored_follows_too(self, order: Any) -> None:
        """What is computed on reading sees the newest values."""
        assert order.size == "s"
        order.line_ids[0].price = 1000.0
        assert order.size == "l"

    def test_an_inverse_writes_through(self, order: Any) -> None:
        """Setting a computed field calls its inverse method."""
        order.size = "l"
        assert order.name == "O1 (l)"

    def test_a_stored_related_field_follows_its_path(self, env: Any, order: Any) -> None:
        """A stored related field changes when a step of its path does."""
        belgium, france = env.ref("base.be"), env.ref("base.fr")
        partner = env["res.partner"].create({"name": "P", "country_id": belgium.id, "city": "Ghent"})
        order.partner_id = partner
        assert (order.country_id, order.city) == (belgium, "Ghent")
        partner.country_id = france
        assert env["my.order"].search([("country_id", "=", france.id)]) == order


class TestLinks:
    """Commands on lines and tags."""

    def test_lines_are_removed_with_clear(self, env: Any, order: Any) -> None:
        """Lines that cannot live without their parent are deleted by (5, 0, 0)."""
        order.write({"line_ids": [(5, 0, 0)]})
        assert not order.line_ids
        assert env["my.line"].search_count([]) == 0

    def test_tags_are_linked_and_set(self, env: Any, order: Any) -> None:
        """(4, id) adds, (6, 0, ids) replaces, (3, id) removes."""
        a, b = env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        order.tag_ids = [(4, a.id)]
        order.tag_ids = [(4, b.id)]
        assert order.tag_ids == a | b
        order.write({"tag_ids": [(6, 0, [b.id])]})
        assert order.tag_ids == b
        order.write({"tag_ids": [(3, b.id)]})
        assert not order.tag_ids

    def test_deleting_a_tag_removes_its_links(self, env: Any, order: Any) -> None:
        """A many2many does not keep a deleted record."""
        order.tag_ids = [(0, 0, {"name": "T"})]
        order.tag_ids.unlink()
        assert not order.tag_ids


class TestChecks:
    """What may not be written."""

    def test_a_required_field_is_missed(self, env: Any) -> None:
        """A required field without a value is named with its label."""
        with pytest.raises(ValidationError, match=r"Missing required value for the field 'Name' \(name\)"):
            env["my.order"].create({})

    def test_a_constraint_refuses(self, env: Any) -> None:
        """A method marked with constrains sees new values and may refuse them."""
        with pytest.raises(ValidationError, match="not allowed"):
            env["my.order"].create({"name": "forbidden"})

    def test_an_unknown_field_is_named(self, env: Any) -> None:
        """Values for a field that is none are refused before anything is written."""
        with pytest.raises(ValueError, match="Invalid field 'nope' in 'my.order'"):
            env["my.order"].create({"name": "x", "nope": 1})

    def test_an_override_is_called(self, env: Any) -> None:
        """An extension's write wraps the one of the model it extends."""
        partner = env["res.partner"].create({"name": "P", "shoe_size": 44})
        with pytest.raises(UserError, match="feet"):
            partner.shoe_size = 61
        assert partner.shoe_size == 44


class TestDeletion:
    """What goes with a record, and what keeps it."""

    def test_lines_go_with_their_order(self, env: Any, order: Any) -> None:
        """A foreign key that cascades deletes the lines."""
        order.unlink()
        assert env["my.line"].search_count([]) == 0

    def test_an_ondelete_method_refuses(self, order: Any) -> None:
        """A method marked with ondelete keeps records from being deleted."""
        order.state = "done"
        with pytest.raises(UserError, match="stays"):
            order.unlink()

    def test_a_many2one_is_emptied(self, env: Any, order: Any) -> None:
        """A link to a deleted record becomes empty where it may."""
        order.partner_id = partner = env["res.partner"].create({"name": "P"})
        partner.unlink()
        assert not order.partner_id


def test_a_copy_has_own_lines(order: Any) -> None:
    """Copying an order copies its lines, not links to them."""
    copy = order.copy({"name": "O2"})
    assert (copy.name, copy.total, len(copy.line_ids)) == ("O2", 25.0, 2)
    assert not copy.line_ids & order.line_ids


def test_a_failed_transaction_leaves_no_trace_and_no_id(make_database: Callable[..., Database]) -> None:
    """An error undoes everything, and the ids it used are not given again."""
    database = make_database(sys.modules[__name__])
    with pytest.raises(ValidationError), database.transaction() as env:
        kept = env["my.order"].create({"name": "gone"}).id
        env["my.order"].create({"name": "forbidden"})
    with database.transaction() as env:
        assert env["my.order"].search_count([]) == 0
        assert env["my.order"].create({"name": "next"}).id > kept


def test_a_model_defined_twice_is_refused(make_database: Callable[..., Database]) -> None:
    """Two classes with the same new _name are named in the error."""
    module = ModuleType("tests.mockserver.orm.twice")
    source = "from fauxdoo.mockserver import models\n" + "".join(
        f"class {name}(models.Model):\n    _name = 'my.twice'\n" for name in ("One", "Two")
    )
    exec(source, module.__dict__)
    with pytest.raises(TypeError, match=r"'my.twice' is defined twice.*One.*Two"):
        make_database(module)
