"""Every model: changes set off the rules of base.automation, around whatever else a model does."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.models.automation.base_automation import CREATING, WRITING

__all__ = ["Base"]


class Base(models.AbstractModel):
    """The outermost layer of `create`, `write` and `unlink`."""

    _inherit = "base"
    _outermost: ClassVar[bool] = True

    def _automations(self, triggers: frozenset[str]) -> Any:
        """The rules that may apply; asks the database only once somebody has made a rule."""
        if "base_automation" not in self.env.transaction.store.tables or self._name == "base.automation":
            return ()
        return self.env["base.automation"]._rules_of(self._name, triggers)

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records, then run the rules for new ones."""
        records = super().create(vals_list)
        for rule in self._automations(CREATING):
            rule.with_env(self.env)._apply(records)
        return records

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, then run the rules for changes, where what they watch has changed."""
        rules = self._automations(WRITING) if self.ids else ()
        if not rules:
            return super().write(vals)
        before = [(rule, rule._before(self), self._values_of(rule._watched())) for rule in rules]
        result = super().write(vals)
        for rule, records, old in before:
            watched = rule._watched()
            new = self._values_of(watched)
            changed = [id for id in records.ids if not watched or old.get(id) != new.get(id)]
            rule.with_env(self.env)._apply(self.browse(changed))
        return result

    def unlink(self) -> bool:
        """Run the rules for deletion on records that are still there, then delete them."""
        for rule in self._automations(frozenset({"on_unlink"})):
            rule.with_env(self.env)._apply(self)
        return super().unlink()

    def _run_onchange(self, field_name: str) -> list[dict[str, Any]]:
        """What onchange methods say, and then the rules for live changes of the field."""
        warnings = list(super()._run_onchange(field_name))
        for rule in self._automations(frozenset({"on_change"})):
            for answer in rule.with_env(self.env)._live_answers(self, field_name):
                self.update({name: value for name, value in (answer.get("value") or {}).items() if name != "id"})
                warnings += [answer["warning"]] if answer.get("warning") else []
        return warnings

    def _values_of(self, names: list[str]) -> dict[int, Any]:
        """Comparable values of the saved records, by id."""
        known = [name for name in names if name in self._fields]
        rows = self.sudo().with_context(active_test=False).read(known, load=None) if known else []
        return {row["id"]: row for row in rows}
