"""What follows from a rule's trigger: the fields it watches, its domains, its delays."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError


def _rule(env: Any, model: str, trigger: str, code: str = "pass", **values: Any) -> Any:
    model_id = env["ir.model"]._id_of(model)
    action = {"name": "Act", "model_id": model_id, "state": "code", "code": code}
    given = {"name": "Rule", "model_id": model_id, "trigger": trigger, **values}
    return env["base.automation"].create([{**given, "action_server_ids": [(0, 0, action)]}])


class TestFieldsOfATrigger:
    """A trigger about one field finds it, and says what the field has to be."""

    def test_a_stage(self, env: Any) -> None:
        """Only the move into the stage counts."""
        stage = env["crm.stage"].create([{"name": "Far"}])
        rule = _rule(env, "crm.lead", "on_stage_set", "record.write({'referred': 'far'})", trg_field_ref=stage.id)
        assert (rule.filter_domain, rule.trg_field_ref_model_name) == (f"[('stage_id', '=', {stage.id})]", "crm.stage")
        assert rule.trigger_field_ids.mapped("name") == ["stage_id"]
        lead = env["crm.lead"].create([{"name": "L"}])
        lead.stage_id = stage.id
        assert lead.referred == "far"
        lead.write({"referred": False, "name": "M"})
        assert not lead.referred

    def test_a_tag(self, env: Any) -> None:
        """The tag must be new to the record."""
        tag = env["crm.tag"].create([{"name": "hot"}])
        rule = _rule(env, "crm.lead", "on_tag_set", "record.write({'referred': 'hot'})", trg_field_ref=tag.id)
        assert (rule.filter_domain, rule.filter_pre_domain) == (
            f"[('tag_ids', 'in', [{tag.id}])]",
            f"[('tag_ids', 'not in', [{tag.id}])]",
        )
        lead = env["crm.lead"].create([{"name": "L"}])
        lead.tag_ids = [(4, tag.id)]
        assert lead.referred == "hot"

    def test_archiving(self, env: Any) -> None:
        """What happens to a record that is archived already is not archiving."""
        _rule(env, "res.partner", "on_archive", "record.write({'ref': (record.ref or '') + '.'})")
        partner = env["res.partner"].create([{"name": "P"}])
        partner.active = False
        partner.city = "Ghent"
        assert partner.ref == "."

    def test_a_model_without_such_a_field(self, env: Any) -> None:
        """Nothing is watched in particular."""
        rule = _rule(env, "res.partner", "on_stage_set")
        assert (rule.filter_domain, rule.trigger_field_ids.ids) == (False, [])

    def test_the_fields_of_the_domain(self, env: Any) -> None:
        """A rule for creation and change watches what its domain is about, unless it is told what."""
        domain = "[('city', '=', 'Ghent'), ('country_id.code', '=', 'BE')]"
        rule = _rule(env, "res.partner", "on_create_or_write", filter_domain=domain)
        assert sorted(rule.trigger_field_ids.mapped("name")) == ["city", "country_id"]


class TestMessages:
    """Rules for messages."""

    def test_only_what_is_said_counts(self, env: Any) -> None:
        """A note or a notification sets off nothing, a comment of a user is a message sent."""
        _rule(env, "crm.lead", "on_message_sent", "record.write({'referred': 'sent'})")
        _rule(env, "crm.lead", "on_message_received", "record.write({'referred': 'received'})")
        lead = env["crm.lead"].create([{"name": "L"}])
        lead.message_post(body="note", message_type="comment")
        assert not lead.referred
        said = {"body": "x", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        lead.message_post(**said, author_id=env.ref("base.partner_admin").id)
        assert lead.referred == "sent"
        customer = env["res.partner"].create([{"name": "Customer"}])
        lead.message_post(**said, author_id=customer.id)
        assert lead.referred == "received"


class TestTimed:
    """Rules that a scheduled action runs."""

    CRON = "base_automation.ir_cron_data_base_automation_check"

    def test_a_record_is_due_once(self, env: Any) -> None:
        """After the delay, and never again."""
        _rule(env, "res.partner", "on_time_created", "record.write({'ref': (record.ref or '') + '.'})")
        partner = env["res.partner"].create([{"name": "P"}])
        env.flush()
        env.clock.move(seconds=60)
        env.ref(self.CRON).method_direct_trigger()
        env.ref(self.CRON).method_direct_trigger()
        assert partner.ref == "."

    def test_before_a_day(self, env: Any) -> None:
        """A date counts from the start of its day."""
        deadline = env["ir.model.fields"]._id_of("crm.lead", "date_deadline")
        given = {"trg_date_id": deadline, "trg_date_range": 2, "trg_date_range_type": "day"}
        _rule(env, "crm.lead", "on_time", "record.write({'referred': 'soon'})", **given, trg_date_range_mode="before")
        today = env.clock.today()
        leads = env["crm.lead"].create(
            [{"name": str(days), "date_deadline": today.replace(year=today.year + days)} for days in (0, 1)]
        )
        env["base.automation"]._cron_process_time_based_actions()
        assert leads.mapped("referred") == ["soon", False]

    def test_short_delays_are_looked_at_often(self, env: Any) -> None:
        """The scheduled action goes on while there is a timed rule, every tenth of the delay."""
        cron = env.ref(self.CRON)
        assert not cron.active
        given = {"trg_date_range": 1, "trg_date_range_type": "hour"}
        rule = _rule(env, "res.partner", "on_time_updated", **given)
        assert (cron.active, cron.interval_number, cron.interval_type) == (True, 6, "minutes")
        rule.unlink()
        assert not cron.active

    def test_what_is_given_in_part_is_not_completed(self, env: Any) -> None:
        """Unit and mode are made up only where nothing of the delay is said."""
        bare = _rule(env, "res.partner", "on_time")
        assert (bare.trg_date_range, bare.trg_date_range_type, bare.trg_date_range_mode) == (0, "hour", "after")
        partly = _rule(env, "res.partner", "on_time", trg_date_range=3)
        assert (partly.trg_date_range, partly.trg_date_range_type, partly.trg_date_range_mode) == (3, False, False)

    def test_a_negative_delay_is_refused(self, env: Any) -> None:
        """That is what the mode is for."""
        with pytest.raises(ValidationError, match="Delay must be positive"):
            _rule(env, "res.partner", "on_time", trg_date_range=-1)
