"""Units of measure: each a multiple of another one, or a reference of its own."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.fields.scalar import float_round

__all__ = ["UomUom"]

_ROUNDING = 0.01
_DIGITS = 2
_DELETABLE = ("product_uom_hour", "product_uom_dozen", "product_uom_pack_6")
"""Units that come with the app and may go all the same."""


class UomUom(models.Model):
    """`factor` is how many of the reference unit one of these is."""

    _inherit = "uom.uom"
    _sql_messages = {"uom_uom_factor_gt_zero": "The conversion ratio for a unit of measure cannot be 0!"}

    def _compute_display_name(self) -> None:
        """The name; formatted, with what one of these is of the unit above."""
        formatted = self.env.context.get("formatted_display_name")
        for uom in self:
            above = formatted and uom.relative_uom_id
            uom.display_name = f"{uom.name}\t--{uom.relative_factor} {above.name}--" if above else uom.name

    @api.compute("factor")
    def _compute_factor(self) -> None:
        for uom in self:
            above = uom.relative_uom_id
            uom.factor = uom.relative_factor * (above.factor if above and above != uom else 1.0)

    @api.compute("sequence")
    def _compute_sequence(self) -> None:
        for uom in self:
            uom.sequence = uom.sequence or min(int(uom.relative_factor * 100), 1000)

    @api.compute("rounding")
    def _compute_rounding(self) -> None:
        for uom in self:
            uom.rounding = _ROUNDING

    @api.constrains("relative_factor", "relative_uom_id")
    def _check_factor(self) -> None:
        for uom in self:
            if not uom.relative_uom_id and uom.relative_factor != 1.0:
                raise UserError("Reference unit of measure is missing.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_master_data(self) -> None:
        names = self.env["ir.model.data"].sudo()
        own = [("model", "=", "uom.uom"), ("res_id", "in", self.ids), ("module", "=", "uom")]
        kept = self.browse(names.search([*own, ("name", "not in", _DELETABLE)]).mapped("res_id"))
        if kept:
            raise UserError(
                "The following units of measure are used by the system and cannot be deleted:"
                f" {', '.join(kept.mapped('name'))}\nYou can archive them instead."
            )

    def _compute_quantity(self, quantity: float, to: Any, round: bool = True) -> float:
        """A quantity of this unit in another one, rounded half up to its precision."""
        if not self or self == to or not to:
            return quantity
        amount = quantity * self.factor / to.factor
        return float_round(amount, _DIGITS) if round else amount

    def _compute_price(self, price: float, to: Any) -> float:
        """A price per this unit as a price per another one."""
        return price * to.factor / self.factor if self and to and self != to else price

    def round(self, value: float, rounding_method: str = "HALF-UP") -> float:
        """The quantity as this unit keeps it."""
        return float_round(value, _DIGITS)

    def compare(self, value1: float, value2: float) -> int:
        """-1, 0 or 1 as the first rounded quantity is below, equal or above the second."""
        first, second = self.round(value1), self.round(value2)
        return (first > second) - (first < second)

    def is_zero(self, value: float) -> bool:
        """Whether the quantity rounds to nothing."""
        return self.round(value) == 0
