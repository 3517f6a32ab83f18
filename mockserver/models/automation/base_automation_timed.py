"""base.automation: the rules that a scheduled action runs when their time has come."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.automation.base_automation_triggers import TIMED
from fauxdoo.mockserver.orm.dates import later
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["BaseAutomation"]

_log = logging.getLogger("fauxdoo.automation")
_CRON = "base_automation.ir_cron_data_base_automation_check"
_MINUTES: dict[str | bool, int] = {"minutes": 1, "hour": 60, "day": 24 * 60, "month": 30 * 24 * 60, False: 0}
_UNITS = {"minutes": "minutes", "hour": "hours", "day": "days", "month": "months"}
_INTERVALS = {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60, "months": 30 * 24 * 60}
_LONGEST = 4 * 60
"""Minutes between two looks at the timed rules, at most."""
_EPOCH = datetime(1970, 1, 1)
"""When rules that never ran are taken to have run."""


class BaseAutomation(models.Model):
    """A timed rule runs once on each record, after the moment that the record's date and the delay make."""

    _inherit = "base.automation"

    @api.model
    def _update_cron(self) -> None:
        """Keep the scheduled action going while there are timed rules, more often for short delays."""
        cron = self.env(su=True).ref(_CRON, raise_if_not_found=False)
        if not cron:
            return
        rules = self.sudo().with_context(active_test=True).search([("trigger", "in", TIMED)])
        values: dict[str, Any] = {"active": bool(rules)}
        delay = min((abs(rule.trg_date_range) * _MINUTES[rule.trg_date_range_type] for rule in rules), default=0)
        minutes = min(max(1, delay // 10), _LONGEST) if delay else _LONGEST
        if minutes < cron.interval_number * _INTERVALS[cron.interval_type]:
            hours, rest = divmod(minutes, 60)
            number, unit = (minutes, "minutes") if rest else (hours, "hours")
            values |= {"interval_number": number, "interval_type": unit}
        cron.write(values)

    @api.model
    def _cron_process_time_based_actions(self) -> None:
        """Run the timed rules; one that fails is undone and does not keep the others from running.

        Raises the last of the errors.
        """
        failed: Exception | None = None
        for rule in self.search([("trigger", "in", TIMED)]):
            now = self.env.clock.now()
            try:
                with self.env.cr.savepoint():
                    rule._run_on_each(rule._due(now))
                    rule.last_run = now
                    self.env.flush()
            except Exception as error:
                self.env.transaction.invalidate()
                _log.info("timed rule %s failed: %s", rule.id, error)
                failed = error
        if failed is not None:
            raise failed

    def _run_on_each(self, records: Any) -> None:
        for record in records:
            self._run_on(record)

    def _due(self, now: datetime) -> Any:
        """The records whose moment lies between the last run and now."""
        model = self.env[self.model_name]
        field = model._fields.get(self.trg_date_id.name)
        if field is None:
            return model
        sign, unit = (1 if self.trg_date_range_mode == "before" else -1), self.trg_date_range_type
        start = self.last_run or _EPOCH
        count = sign * self.trg_date_range if unit else 0  # a delay without a unit is none
        first, last = (later(moment, count, _UNITS.get(unit, "days")) for moment in (start, now))
        domain = list(evaluate(self.filter_domain, self._names())) if self.filter_domain else []
        if field.type == "date":
            return model.search([(field.name, ">", first.date()), (field.name, "<=", last.date()), *domain])
        return model.search([(field.name, ">=", first), (field.name, "<", last), *domain])
