"""Messages, followers and activities of records."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.environment import Environment
from fauxdoo.mockserver.trace import Trace


@pytest.fixture
def partner(env: Environment) -> Any:
    """A contact that the administrator made."""
    return env(user=2, su=True)["res.partner"].create({"name": "Azure"})


def test_a_new_record_tells_so_and_is_followed(partner: Any) -> None:
    """A note says it was made; its maker follows it."""
    assert partner.message_ids.mapped("body") == ["<p>Contact created</p>"]
    assert partner.message_partner_ids.mapped("name") == ["Administrator"]
    assert (partner.message_is_follower, partner.has_message) == (True, True)


@pytest.mark.parametrize("key", ["mail_create_nolog", "tracking_disable"])
def test_the_note_can_be_left_out(env: Environment, key: str) -> None:
    """Either context key keeps a new record quiet."""
    assert not env["res.partner"].with_context(**{key: True}).create({"name": "Azure"}).message_ids


@pytest.mark.parametrize(
    ("options", "body"),
    [({}, "<p>a &lt;b&gt; &amp; c</p>"), ({"body_is_html": True}, "a <b> &amp; c</b>")],
)
def test_posting_escapes_unless_told(partner: Any, options: dict[str, Any], body: str) -> None:
    """Text is escaped; markup stays markup only with `body_is_html`."""
    given = "a <b> & c" if not options else "a <b> &amp; c</b>"
    assert body.replace("</b>", "") in partner.message_post(body=given, **options).body.replace("</b>", "")


def test_followers_come_and_go(env: Environment, partner: Any) -> None:
    """Following twice is following once."""
    other = env["res.partner"].create({"name": "Ann"})
    partner.message_subscribe(partner_ids=other.ids)
    partner.message_subscribe(partner_ids=other.ids)
    assert len(partner.message_follower_ids) == 2
    partner.message_unsubscribe(partner_ids=other.ids)
    assert other not in partner.message_partner_ids


def test_an_activity_is_planned_and_done(partner: Any) -> None:
    """The record knows its next activity; a done one is archived and leaves a message."""
    activity = partner.activity_schedule("mail.mail_activity_data_call", date_deadline="2020-01-01")
    assert (partner.activity_state, partner.activity_ids, activity.summary) == ("overdue", activity, "Call")
    activity.action_feedback(feedback="Done it")
    assert (activity.active, activity.state, bool(partner.activity_ids)) == (False, "done", False)
    assert "Done it" in partner.message_ids[:1].body


def test_all_goes_with_the_record(env: Environment, partner: Any) -> None:
    """Messages, followers and activities are deleted with their record."""
    partner.activity_schedule("mail.mail_activity_data_todo")
    id = partner.id
    partner.unlink()
    about = [("res_id", "=", id)]
    assert not env["mail.message"].search([("model", "=", "res.partner"), *about])
    assert not env["mail.followers"].search([("res_model", "=", "res.partner"), *about])
    assert not env["mail.activity"].search([("res_model", "=", "res.partner"), *about])


def test_messages_of_one_record_are_all_that_is_looked_at(env: Environment, partner: Any) -> None:
    """However many others there are: what the user may not see is sought among the record's own messages."""
    admin = env(user=2, su=False)
    env.cr.trace = trace = Trace()
    assert admin["res.partner"].browse(partner.id).read(["message_ids"])[0]["message_ids"]
    asked = [text.partition(" ORDER BY ")[0] for text in trace.statements if 'FROM "mail_message" WHERE' in text]
    assert asked
    assert all('"mail_message"."res_id"' in text or '"mail_message"."id" IN' in text for text in asked)


def test_attachments_of_one_message_are_all_that_is_looked_at(env: Environment, partner: Any) -> None:
    """Lists of links are sifted like lines: what the user may not see is sought among the linked ones."""
    values = {"res_model": "res.partner", "res_id": partner.id}
    linked, _other = env["ir.attachment"].create([{"name": name, "raw": b"x", **values} for name in ("a", "b")])
    message = partner.message_post(body="x", attachment_ids=linked.ids)
    admin = env(user=2, su=False)
    env.cr.trace = trace = Trace()
    assert admin["mail.message"].browse(message.id).read(["attachment_ids"])[0]["attachment_ids"] == linked.ids
    asked = [text for text in trace.statements if 'FROM "ir_attachment"' in text]
    assert asked
    assert all("message_attachment_rel" in text or '"ir_attachment"."id" IN' in text for text in asked)
