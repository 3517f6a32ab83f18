"""Plans of activities for records of one model."""

from __future__ import annotations

from fauxdoo.mockserver import api, models

__all__ = ["MailActivityPlan"]


class MailActivityPlan(models.Model):
    """The model is given by its name."""

    _inherit = "mail.activity.plan"

    @api.compute("res_model_id")
    @api.depends("res_model")
    def _compute_res_model_id(self) -> None:
        for plan in self:
            plan.res_model_id = self.env["ir.model"].sudo()._id_of(plan.res_model) if plan.res_model else False
