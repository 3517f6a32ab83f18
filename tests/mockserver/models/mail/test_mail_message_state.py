"""What a message is to whoever reads it, and the composer."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _reader(env: Environment) -> Any:
    vals = {"name": "Reader", "login": "reader", "notification_type": "inbox"}
    return env["res.users"].create({**vals, "group_ids": [(4, env.ref("base.group_user").id)]})


def test_a_message_is_starred_by_one_user(env: Environment) -> None:
    """And found by the star; no longer once all stars are taken away."""
    reader, admin = _reader(env), env(user=env.ref("base.user_admin").id)
    message = admin["res.partner"].create({"name": "Contact"}).message_post(body="x")
    message.toggle_message_starred()
    assert message.starred
    assert not message.with_user(reader).starred
    assert admin["mail.message"].search([("starred", "=", True)]) == message
    assert message not in admin["mail.message"].search([("starred", "=", False)])
    admin["mail.message"].unstar_all()
    assert not admin["mail.message"].search([("starred", "=", True)])


def test_a_message_is_to_be_read_until_it_was(env: Environment) -> None:
    """By those it was for, all at once or one by one."""
    reader, contact = _reader(env), env["res.partner"].create({"name": "Contact"})
    messages = contact.message_post(body="1", partner_ids=reader.partner_id.ids)
    messages |= contact.message_post(body="2", partner_ids=reader.partner_id.ids)
    inbox = env["mail.message"].with_user(reader)
    assert set(inbox.search([("needaction", "=", True)])) == set(messages.with_user(reader))
    messages[0].with_user(reader).set_message_done()
    assert inbox.search([("needaction", "=", True)]).ids == messages[1].ids
    assert inbox.mark_all_as_read() == messages[1].ids
    assert not inbox.search([("needaction", "=", True)])
    assert not messages[1].needaction  # nobody asked the administrator to read it


def test_the_composer_posts_on_each_record(env: Environment) -> None:
    """As HTML, to followers unless it is a note; what it does not do it refuses."""
    contacts = env["res.partner"].create([{"name": "A"}, {"name": "B"}])
    vals = {"model": "res.partner", "res_ids": str(contacts.ids), "body": "<p>Hello</p>", "subject": "News"}
    composer = env["mail.compose.message"].create(vals)
    assert composer.action_send_mail() == {"type": "ir.actions.act_window_close"}
    for contact in contacts:
        message = contact.message_ids[0]
        assert (message.body, message.subject, message.message_type) == ("<p>Hello</p>", "News", "comment")
        assert message.subtype_id == env.ref("mail.mt_comment")
    for text in ("nonsense", "{}", '["x"]'):
        with pytest.raises(ValidationError, match="Invalid res_ids"):
            env["mail.compose.message"].create({**vals, "res_ids": text}).action_send_mail()
    composer.composition_mode = "mass_mail"
    with pytest.raises(NotImplementedError, match="templates"):
        composer.action_send_mail()


def test_an_activity_asks_for_the_next_one(env: Environment) -> None:
    contact = env["res.partner"].create({"name": "Contact"})
    activity = contact.activity_schedule("mail.mail_activity_data_call")
    action = activity.action_feedback_schedule_next(feedback="done")
    assert (action["res_model"], action["context"]["default_res_id"]) == ("mail.activity", contact.id)
    assert not contact.activity_ids
    assert "done" in contact.message_ids[0].body


def test_who_is_in_charge_follows(env: Environment) -> None:
    """From the start or later; those no longer in charge follow on."""
    reader, other = _reader(env), env.ref("base.user_admin")
    lead = env["crm.lead"].create({"name": "Lead", "user_id": reader.id})
    assert reader.partner_id in lead.message_partner_ids
    lead.write({"user_id": other.id})
    assert reader.partner_id | other.partner_id <= lead.message_partner_ids
    project = env["project.project"].create({"name": "House"})
    task = env["project.task"].create({"name": "Walls", "project_id": project.id, "user_ids": [(4, reader.id)]})
    assert reader.partner_id in task.message_partner_ids


def test_a_customer_follows_a_posted_invoice(env: Environment) -> None:
    customer = env["res.partner"].create({"name": "Customer"})
    line = (0, 0, {"name": "Line", "price_unit": 1.0})
    move = env["account.move"].create(
        {"move_type": "out_invoice", "partner_id": customer.id, "invoice_line_ids": [line]}
    )
    assert customer not in move.message_partner_ids
    move.action_post()
    assert customer in move.message_partner_ids


def test_a_record_counts_what_is_to_be_read(env: Environment) -> None:
    reader, contact = _reader(env), env["res.partner"].create({"name": "Contact"})
    contact.message_post(body="1", partner_ids=reader.partner_id.ids)
    seen = contact.with_user(reader)
    assert (seen.message_needaction, seen.message_needaction_counter) == (True, 1)
    assert not contact.message_needaction


def test_a_plan_knows_its_model(env: Environment) -> None:
    plan = env["mail.activity.plan"].create({"name": "Onboarding", "res_model": "hr.employee"})
    assert plan.res_model_id.model == "hr.employee"
