"""Sales orders: how they go from quotation to order and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["SaleOrder"]

_NEW = "New"


class SaleOrder(models.Model):
    """A quotation that is sent, confirmed, cancelled."""

    _inherit = "sale.order"
    _sql_messages = {
        "sale_order_date_order_conditional_required": "A confirmed sales order requires a confirmation date."
    }

    @api.constrains("company_id", "partner_id", "partner_invoice_id", "partner_shipping_id")
    def _check_partners_company(self) -> None:
        """A contact of one company is no customer of another (recording access/multi-company-consistency)."""
        for order in self.sudo():
            for name in ("partner_id", "partner_invoice_id", "partner_shipping_id"):
                owner = order[name].company_id
                if owner and owner != order.company_id:
                    raise UserError(
                        f"Uh-oh! You’ve got some company inconsistencies here:\n- Record is company "
                        f"'{order.company_id.name}' while '{self._fields[name].string}' ({name}: "
                        f"'{order[name].display_name}') belongs to another company."
                    )

    def _compute_display_name(self) -> None:
        """The number, with the customer where the context asks for it."""
        with_partner = self.env.context.get("sale_show_partner_name")
        for order in self:
            partner = f" - {order.partner_id.name}" if with_partner and order.partner_id.name else ""
            order.display_name = f"{order.name}{partner}"

    @api.model
    def _search_display_name(self, operator: str, value: Any) -> Any:
        domain = super()._search_display_name(operator, value)
        if self.env.context.get("sale_show_partner_name") and operator in ("=", "ilike", "=ilike", "like", "in"):
            return ["|", *domain, ("partner_id.name", operator, value)]
        return domain

    @api.compute("type_name")
    def _compute_type_name(self) -> None:
        for order in self:
            order.type_name = "Quotation" if order.state in ("draft", "sent", "cancel") else "Sales Order"

    @api.compute("is_expired")
    def _compute_is_expired(self) -> None:
        today = self.env.clock.today()
        for order in self:
            late = bool(order.validity_date) and order.validity_date < today
            order.is_expired = late and order.state in ("draft", "sent")

    @api.constrains("prepayment_percent")
    def _check_prepayment_percent(self) -> None:
        if any(order.require_payment and not 0 < order.prepayment_percent <= 1 for order in self):
            raise ValidationError("Prepayment percentage must be a valid percentage.")

    # ---------------------------------------------------------------- saving

    def _check_exist(self) -> None:
        self.mapped("state")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make quotations, numbered by the sequence unless they bring a name."""
        numbered = []
        for vals in vals_list:
            if vals.get("partner_id"):
                self.env["res.partner"].browse(vals["partner_id"]).mapped(
                    "name"
                )  # MissingError (field/many2one-missing-id)
            name = vals.get("name", _NEW)
            numbered.append({**vals, "name": self._next_name(vals)} if name == _NEW else vals)
        return super().create(numbered)

    def _next_name(self, vals: dict[str, Any]) -> str:
        sequences = self.env["ir.sequence"].with_company(vals.get("company_id"))  # rights and all: access/portal-orders
        day = vals.get("date_order")
        if isinstance(day, str) and day:
            datetime.strptime(day[:10], "%Y-%m-%d")  # the error of a bad date is this one (sale/required-errors)
        return sequences.next_by_code("sale.order", sequence_date=day) or _NEW

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the price list of a confirmed order stays."""
        if "company_id" in vals and not vals["company_id"]:
            self._check_company_kept()
        if "pricelist_id" in vals and any(order.state == "sale" for order in self):
            raise UserError("You cannot change the pricelist of a confirmed order !")
        return super().write(vals)

    def _check_company_kept(self) -> None:
        """An order keeps the company of its warehouse."""
        for order in self.filtered("warehouse_id"):
            raise UserError(
                "Uh-oh! You’ve got some company inconsistencies here:\n"
                f"- “{order.name}” belongs to company “” while “Warehouse” (warehouse_id:"
                f" '{order.warehouse_id.name}') belongs to another company.\n"
                "To avoid a mess, no company crossover is allowed!"
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft_or_cancel(self) -> None:
        if any(order.state not in ("draft", "cancel") for order in self):
            raise UserError("You can not delete a sent quotation or a confirmed sales order. You must first cancel it.")

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies; lines of down payments stay behind."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for order, values in zip(self, copies, strict=True):
            if "order_line" not in (default or {}):
                lines = order.order_line.filtered(lambda line: not line.is_downpayment)
                values["order_line"] = [(0, 0, line) for line in lines.copy_data()]
                for _command, _zero, line in values["order_line"]:
                    line.pop("order_id", None)
        return copies

    # ---------------------------------------------------------------- the flow

    def action_quotation_sent(self) -> None:
        """Mark quotations as sent; raises UserError for any that is no draft."""
        if any(order.state != "draft" for order in self):
            raise UserError("Only draft orders can be marked as sent directly.")
        self.write({"state": "sent"})

    def action_confirm(self) -> bool:
        """Turn quotations into orders, dated now; raises UserError for any that cannot be."""
        for order in self:
            problem = order._confirmation_problem()
            if problem:
                raise UserError(problem)
        now = self.env.transaction.now.replace(microsecond=0)
        self.write({"state": "sale", "date_order": now})
        self.with_context(**{key: False for key in self.env.context if key == "default_name"})._action_confirm()
        return True

    def _confirmation_problem(self) -> str:
        """Why an order cannot be confirmed, empty where it can."""
        if self.state not in ("draft", "sent"):
            return "Some orders are not in a state requiring confirmation."
        if any(not line.display_type and not line.is_downpayment and not line.product_id for line in self.order_line):
            return "Some order lines are missing a product, you need to correct them before going further."
        return ""

    def _action_confirm(self) -> None:
        """Hook: what other apps do with a confirmed order."""

    def action_update_prices(self) -> None:
        """Give all lines the price of product and price list again."""
        self.ensure_one()
        self.order_line._update_price()
        self.message_post(body="Product prices have been recomputed.")

    def action_update_taxes(self) -> None:
        """Give all lines the taxes of product and fiscal position again."""
        self.ensure_one()
        self.order_line.filtered(lambda line: not line.display_type)._compute_tax_ids()
        if self.partner_id:
            position = self.fiscal_position_id.display_name or ""
            self.message_post(body=f"Product taxes have been recomputed according to fiscal position {position}.")

    def action_lock(self) -> None:
        """Refuse changes of prices, quantities and of the state."""
        self.write({"locked": True})

    def action_unlock(self) -> None:
        """Allow changes again."""
        self.write({"locked": False})

    def action_cancel(self) -> bool:
        """Cancel orders and their draft invoices; raises UserError for a locked one."""
        if any(order.locked for order in self):
            raise UserError("You cannot cancel a locked order. Please unlock it first.")
        return bool(self._action_cancel())

    def _action_cancel(self) -> bool:
        self.invoice_ids.filtered(lambda move: move.state == "draft").button_cancel()
        return self.write({"state": "cancel"})

    def action_draft(self) -> bool:
        """Make quotations of cancelled and sent orders, unsigned; others stay as they are."""
        orders = self.filtered(lambda order: order.state in ("cancel", "sent"))
        return bool(orders.write({"state": "draft", "signature": False, "signed_by": False, "signed_on": False}))

    def action_quotation_send(self) -> dict[str, Any]:
        """The composer of an e-mail to the customers, as an action of the web client."""
        several = len(self) > 1
        context = {
            "default_model": "sale.order",
            "default_res_ids": self.ids,
            "default_composition_mode": "mass_mail" if several else "comment",
            "default_email_layout_xmlid": "mail.mail_notification_layout_with_responsible_signature",
            "email_notification_allow_footer": True,
            "hide_mail_template_management_options": True,
            "proforma": self.env.context.get("proforma", False),
        }
        if not several:
            context["force_email"] = True
            template = self._mail_template()
            if template and not self.env.context.get("hide_default_template"):
                context |= {"default_template_id": template.id, "mark_so_as_sent": True}
        return {
            "name": "Send",
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "view_id": False,
            "target": "new",
            "context": context,
        }

    def _mail_template(self) -> Any:
        """What the customer is written: a quotation, an invoice in advance, or a confirmation."""
        kind = "mail_template_sale_confirmation" if self.state == "sale" else "email_template_edi_sale"
        kind = "email_template_proforma" if self.env.context.get("proforma") else kind
        return self.env.ref(f"sale.{kind}", raise_if_not_found=False)

    def action_open_discount_wizard(self) -> dict[str, Any]:
        """The wizard of discounts, as an action of the web client."""
        self.ensure_one()
        return {
            "name": "Discount",
            "type": "ir.actions.act_window",
            "res_model": "sale.order.discount",
            "view_mode": "form",
            "target": "new",
        }

    def action_open_business_doc(self) -> dict[str, Any]:
        """The order's form, as an action of the web client."""
        self.ensure_one()
        return {
            "name": "Order",
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        kinds = {"sale": "sale.mt_order_confirmed", "sent": "sale.mt_order_sent"}
        if "state" in before and self.state in kinds:
            return self.env.ref(kinds[self.state])
        return super()._track_subtype(before)  # type: ignore[misc]
