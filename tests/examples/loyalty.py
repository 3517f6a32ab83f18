from fauxdoo.mockserver import api, fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    loyalty_points = fields.Integer(compute="_compute_loyalty_points")

    @api.depends("sale_order_ids.amount_untaxed")
    def _compute_loyalty_points(self):
        for partner in self:
            partner.loyalty_points = int(sum(partner.sale_order_ids.mapped("amount_untaxed")) / 10)
