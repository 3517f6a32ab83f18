"""Scheduled actions: a server action with an interval, run by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.orm.dates import later

__all__ = ["IrCron"]

_FAILURES = 5
_FAILING = timedelta(days=7)


class IrCron(models.Model):
    """Each has a server action of its own, whose name and code it shows as its own."""

    _inherit = "ir.cron"
    _sql_messages = {
        "ir_cron_check_strictly_positive_interval": "The interval number must be a strictly positive number.",
    }

    @api.compute("cron_name")
    def _compute_cron_name(self) -> None:
        for cron in self:
            cron.cron_name = cron.ir_actions_server_id.name

    @api.model
    def default_get(self, fields: Iterable[str]) -> dict[str, Any]:
        """As everywhere; a scheduled action runs code unless the context says otherwise."""
        names = list(fields)
        values: dict[str, Any] = super().default_get(names)
        if "state" in names and not self.env.context.get("default_state"):
            values["state"] = "code"
        return values

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make scheduled actions with their server actions."""
        return super().create([{"state": "code", **vals, "usage": "ir_cron"} for vals in vals_list])

    def unlink(self) -> bool:
        """Delete scheduled actions with their server actions."""
        actions = self.ir_actions_server_id
        super().unlink()
        return bool(actions.unlink())

    def method_direct_trigger(self) -> bool | dict[str, Any]:
        """Run now. A failure is no error but an action that shows it (recorded in config/cron-errors)."""
        self.ensure_one()
        self.check_access("write")
        self.sudo().check_access("read")
        if not self.exists():
            raise self._missing()
        self.sudo().write({"lastcall": self.env.clock.now().replace(microsecond=0)})
        self.env.flush()
        try:
            with self.env.cr.savepoint():
                self.sudo().with_user(self.sudo().user_id)._run_job()
                self.env.flush()
        except Exception:
            self.env.transaction.invalidate()
            return _failure()
        return True

    @api.model
    def _due(self) -> Self:
        """The scheduled actions whose time has come, the most urgent first."""
        now = self.env.clock.now().replace(microsecond=0)
        return self.search([("nextcall", "<=", now)], order="priority, id")

    def _process(self) -> str:
        """Run one as the scheduler does, and say when the next time is; answers the text of its error, "" for none.

        What it did is undone where it fails. Five failures over a week archive it, as in Odoo 18 and later.
        """
        now = self.env.clock.now().replace(microsecond=0)
        error = self._attempt()
        values: dict[str, Any] = {"lastcall": now, "nextcall": self._next_after(now)}
        values |= {"failure_count": 0, "first_failure_date": False}
        if error:
            first, count = self.first_failure_date or now, self.failure_count + 1
            values |= {"failure_count": count, "first_failure_date": first}
            values["active"] = count < _FAILURES or now - first < _FAILING
        self.write(values)
        return error

    def _attempt(self) -> str:
        try:
            with self.env.cr.savepoint():
                self.with_user(self.user_id)._run_job()
                self.env.flush()
        except Exception as error:
            self.env.transaction.invalidate()
            return str(error) or type(error).__name__
        return ""

    def _next_after(self, now: datetime) -> datetime:
        """The first time after `now` that is a whole number of intervals from the last planned one."""
        start = planned = self.nextcall
        times = 0
        while planned <= now:
            times += 1
            planned = later(start, times * max(self.interval_number, 1), self.interval_type)
        return planned

    def _run_job(self) -> None:
        context = {"lastcall": self.sudo().lastcall, "cron_id": self.id}
        self.sudo().ir_actions_server_id.with_context(**context).sudo().run()

    def toggle(self, model: str, domain: Any) -> bool:
        """Activate where the model has records in the domain, else archive."""
        active = bool(self.env[model].search_count(domain))
        return bool(self.write({"active": active}))


def _failure() -> dict[str, Any]:
    """The action that shows an error in the web client."""
    data = {"name": "builtins.RuntimeError", "message": "", "arguments": [], "context": {}, "debug": ""}
    params = {"code": 0, "message": "Odoo Server Error", "data": data}
    return {"type": "ir.actions.client", "tag": "display_exception", "params": params}
