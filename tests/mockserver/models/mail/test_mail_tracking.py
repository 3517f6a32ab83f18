"""Messages that tell what has changed in a record."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo, fields, models
from fauxdoo.mockserver.local import LocalEnvironment


class Tracked(models.Model):
    """Declares what is tracked, in another order than that of its names."""

    _name = "test.tracked"
    _inherit = ["mail.thread"]

    name = fields.Char(tracking=2)
    weight = fields.Float(tracking=1)
    due = fields.Date(tracking=True)
    ready = fields.Boolean(tracking=True)
    note = fields.Text()


@pytest.fixture
def env(odoo: FakeOdoo) -> LocalEnvironment:
    """Every call is a transaction of its own."""
    return odoo.env


def _told(record: Any) -> list[list[tuple[str, Any, Any]]]:
    """What the messages on a record tell, the newest first."""
    return [[_change(value) for value in message.tracking_value_ids] for message in record.message_ids]


def _change(value: Any) -> tuple[str, Any, Any]:
    kinds = ("char", "text", "float", "integer", "datetime")
    old, new = ([value[f"{when}_value_{kind}"] for kind in kinds] for when in ("old", "new"))
    return value.field_id.name, next(filter(None, old), False), next(filter(None, new), False)


def test_a_change_is_told_of_in_a_note(env: LocalEnvironment) -> None:
    """By whoever made it, without a text."""
    partner = env["res.partner"].create({"name": "Ada"})
    partner.write({"name": "Ada L.", "comment": "not tracked"})
    note = partner.message_ids[0]
    assert _told(partner) == [[("name", "Ada", "Ada L.")], []]
    assert (note.body, note.message_type, note.subtype_id.name, note.is_internal) == ("", "notification", "Note", True)
    assert note.author_id.id == env.user.partner_id.id


def test_what_stays_as_it_is_is_not_told_of(odoo: FakeOdoo, env: LocalEnvironment) -> None:
    """The same value, empty ones of other kinds, fields that are not tracked, records that were just made."""
    partner = env["res.partner"].create({"name": "Ada", "email": False})
    partner.write({"name": "Ada", "email": "", "comment": "x"})
    assert len(partner.message_ids) == 1
    with odoo.transaction():
        other = env["res.partner"].create({"name": "Bob"})
        other.write({"name": "Bob B."})
    assert _told(other) == [[]]


def test_all_changes_of_a_transaction_are_told_of_once(odoo: FakeOdoo, env: LocalEnvironment) -> None:
    """From the first value to the last."""
    partner = env["res.partner"].create({"name": "Ada", "phone": "1"})
    with odoo.transaction():
        for number in ("2", "3"):
            partner.write({"phone": number})
        partner.write({"email": "ada@example.com"})
    assert _told(partner)[0] == [("email", False, "ada@example.com"), ("phone", "1", "3")]
    with odoo.transaction():
        partner.write({"phone": "4"})
        partner.write({"phone": "3"})
    assert len(partner.message_ids) == 2


def test_nothing_is_told_of_what_was_undone_or_deleted(odoo: FakeOdoo, env: LocalEnvironment) -> None:
    partner = env["res.partner"].create({"name": "Ada"})
    with pytest.raises(ZeroDivisionError), odoo.transaction():
        partner.write({"name": "Bob"})
        raise ZeroDivisionError
    assert len(partner.message_ids) == 1
    with odoo.transaction():
        partner.write({"name": "Bob"})
        partner.unlink()
    assert not env["mail.message"].search([("model", "=", "res.partner"), ("res_id", "=", partner.id)])


@pytest.mark.parametrize("key", ["tracking_disable", "mail_notrack"])
def test_a_context_keeps_quiet(env: LocalEnvironment, key: str) -> None:
    partner = env["res.partner"].create({"name": "Ada"})
    partner.with_context(**{key: True}).write({"name": "Bob"})
    assert len(partner.message_ids) == 1


def test_an_address_is_told_of_as_a_whole(env: LocalEnvironment) -> None:
    partner = env["res.partner"].create({"name": "Ada", "city": "Turin"})
    partner.write({"city": "Ghent"})
    assert _told(partner)[0] == [("contact_address_inline", "Turin", "Ghent")]


def test_amounts_that_follow_from_lines_are_told_of(env: LocalEnvironment) -> None:
    """Totals of an order, with its currency, though only a line was written."""
    customer = env["res.partner"].create({"name": "Ada"})
    product = env["product.product"].create({"name": "Desk", "list_price": 10, "taxes_id": False})
    values = {"partner_id": customer.id, "order_line": [(0, 0, {"product_id": product.id, "tax_ids": False})]}
    order = env["sale.order"].create(values)
    order.order_line.write({"product_uom_qty": 3})
    assert _told(order)[0] == [("amount_total", 10.0, 30.0), ("amount_untaxed", 10.0, 30.0)]
    assert order.message_ids[0].tracking_value_ids.currency_id.id == order.currency_id.id


def test_a_stage_of_an_order_has_a_kind_of_message(env: LocalEnvironment) -> None:
    """Its followers hear of it; labels stand for what is selected."""
    customer = env["res.partner"].create({"name": "Ada"})
    order = env["sale.order"].create({"partner_id": customer.id})
    order.message_subscribe([customer.id], [env.ref("sale.mt_order_confirmed").id])
    order.action_confirm()
    assert _told(order)[0] == [("state", "Quotation", "Sales Order")]
    message = order.message_ids[0]
    assert message.subtype_id.id == env.ref("sale.mt_order_confirmed").id
    assert message.notification_ids.res_partner_id.ids == [customer.id]
    order.action_cancel()
    assert order.message_ids[0].subtype_id.name == "Note"


@pytest.mark.parametrize(
    ("model", "vals", "change", "kind"),
    [
        ("project.task", {"name": "T"}, {"state": "1_done"}, "project.mt_task_done"),
        ("project.task", {"name": "T"}, {"state": "03_approved", "priority": "1"}, "project.mt_task_approved"),
        ("project.task", {"name": "T"}, {"priority": "1"}, "mail.mt_note"),
        ("crm.lead", {"name": "L"}, {"stage_id": 2}, "crm.mt_lead_stage"),
        ("crm.lead", {"name": "L"}, {"stage_id": 4}, "crm.mt_lead_won"),
        ("crm.lead", {"name": "L"}, {"active": False}, "crm.mt_lead_lost"),
        ("crm.lead", {"name": "L", "active": False}, {"active": True}, "crm.mt_lead_restored"),
        ("crm.lead", {"name": "L"}, {"expected_revenue": 5}, "mail.mt_note"),
    ],
)
def test_kinds_of_changes(env: LocalEnvironment, model: str, vals: Any, change: Any, kind: str) -> None:
    record = env[model].create(vals)
    record.write(change)
    assert record.message_ids[0].subtype_id.id == env.ref(kind).id
    assert record.message_ids[0].tracking_value_ids


def test_invoices_and_purchases(env: LocalEnvironment) -> None:
    """What is posted is validated, what is confirmed is a purchase."""
    partner = env["res.partner"].create({"name": "Ada"})
    line = {"name": "Advice", "quantity": 1, "price_unit": 10, "tax_ids": False}
    values = {"move_type": "out_invoice", "partner_id": partner.id, "invoice_line_ids": [(0, 0, line)]}
    invoice = env["account.move"].create(values)
    invoice.action_post()
    assert invoice.message_ids[0].subtype_id.id == env.ref("account.mt_invoice_validated").id
    assert ("state", "Draft", "Posted") in _told(invoice)[0]
    product = env["product.product"].create({"name": "Desk"})
    lines = [(0, 0, {"product_id": product.id, "product_qty": 1, "price_unit": 5})]
    order = env["purchase.order"].create({"partner_id": partner.id, "order_line": lines})
    order.button_confirm()
    assert order.message_ids[0].subtype_id.id == env.ref("purchase.mt_rfq_confirmed").id


def test_only_administrators_see_the_values(odoo: FakeOdoo, env: LocalEnvironment) -> None:
    env["res.users"].create({"name": "Eve", "login": "eve", "group_ids": [(6, 0, [env.ref("base.group_user").id])]})
    partner = env["res.partner"].create({"name": "Ada"})
    partner.write({"name": "Bob"})
    messages = odoo.as_user("eve")["mail.message"].browse(partner.message_ids.ids)
    assert messages.read(["body"])
    with pytest.raises(Exception, match="do not have enough rights to access the field"):
        messages.read(["tracking_value_ids"])


def test_what_an_extension_declares() -> None:
    """Places decide on the order, `True` is the last; types of values have columns of their own."""
    with FakeOdoo(extensions=(sys.modules[__name__],)) as odoo:
        record = odoo.env["test.tracked"].create({"name": "a", "due": "2030-01-02"})
        record.write({"name": "b", "weight": 1.5, "due": "2030-01-03", "ready": True, "note": "x"})
        values = record.message_ids[0].tracking_value_ids
        read = values.read(
            ["new_value_float", "old_value_char", "old_value_datetime", "new_value_integer", "field_id"], load=None
        )
        assert [{name: value for name, value in row.items() if value and name != "id"} for row in read] == [
            {"new_value_float": 1.5},
            {"old_value_char": "a"},
            {"old_value_datetime": "2030-01-02 00:00:00"},
            {"new_value_integer": 1},
        ]


def test_each_of_many_records_has_its_own_message(env: LocalEnvironment) -> None:
    """Those that change as they were are left out; kinds may differ from record to record."""
    partners = env["res.partner"].create([{"name": name} for name in ("Ada", "Bob", "Eve")])
    partners.write({"name": "Bob"})
    assert [_told(partner) for partner in partners] == [
        [[("name", "Ada", "Bob")], []],
        [[]],
        [[("name", "Eve", "Bob")], []],
    ]
    tasks = env["project.task"].create([{"name": "T"}, {"name": "T", "state": "1_done"}])
    tasks.write({"state": "1_done", "priority": "1"})
    kinds = [task.message_ids[0].subtype_id.name for task in tasks]
    assert kinds == ["Task Done", "Note"]
