"""Record rules; what they do is in `mockserver.access`."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.safe_eval import evaluate

__all__ = ["IrRule"]


class IrRule(models.Model):
    """A rule is checked when it is saved, and holds at once."""

    _inherit = "ir.rule"
    _sql_messages = {"ir_rule_no_access_rights": "Rule must have at least one checked access right!"}

    @api.compute("global")
    def _compute_global(self) -> None:
        for rule in self:
            rule["global"] = not rule.groups

    @api.constrains("model_id")
    def _check_model_name(self) -> None:
        if any(rule.model_id.model == self._name for rule in self):
            raise ValidationError("Rules can not be applied on the Record Rules model.")

    @api.constrains("active", "domain_force", "model_id")
    def _check_domain(self) -> None:
        """The domain is evaluated and compiled for whoever saves the rule."""
        names = {"user": self.env.user, "company_ids": self.env.companies.ids, "company_id": self.env.company.id}
        for rule in self:
            if not (rule.active and rule.domain_force):
                continue
            try:
                domain = evaluate(rule.domain_force, names)
                self.env[rule.model_id.model].sudo().search(domain, limit=1)
            except Exception as error:
                raise ValidationError(f"Invalid domain: {error}") from error

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make rules that hold at once."""
        rules = super().create(vals_list)
        self.env.access.changed(self.env, "rules")
        return rules

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values that hold at once."""
        super().write(vals)
        self.env.access.changed(self.env, "rules")
        return True

    def unlink(self) -> bool:
        """Delete rules."""
        super().unlink()
        self.env.access.changed(self.env, "rules")
        return True
