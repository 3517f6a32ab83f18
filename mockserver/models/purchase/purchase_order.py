"""Purchase orders: requests for quotation that are confirmed, approved, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["PurchaseOrder"]

_NEW = "New"


class PurchaseOrder(models.Model):
    """A request for quotation becomes an order."""

    _inherit = "purchase.order"

    def _compute_display_name(self) -> None:
        """The number with the vendor's reference; the total where the context asks for it."""
        with_total = self.env.context.get("show_total_amount")
        for order in self:
            reference = f" ({order.partner_ref})" if order.partner_ref else ""
            total = f": {order.currency_id.format(order.amount_total)}" if with_total and order.amount_total else ""
            order.display_name = f"{order.name}{reference}{total}"

    @api.compute("currency_id")
    @api.depends("partner_id", "company_id")
    def _compute_currency_id(self) -> None:
        for order in self:
            vendor = order.partner_id.with_company(order.company_id)
            order.currency_id = vendor.property_purchase_currency_id or order.company_id.currency_id

    @api.compute("currency_rate")
    @api.depends("currency_id", "date_order", "company_id")
    def _compute_currency_rate(self) -> None:
        for order in self:
            day = order.date_order.date() if order.date_order else None
            same = not order.currency_id or order.currency_id == order.company_id.currency_id
            order.currency_rate = 1.0 if same else order.currency_id._rate_on(day, order.company_id)

    @api.compute("date_planned")
    @api.depends("order_line.date_planned")
    def _compute_date_planned(self) -> None:
        for order in self:
            dates = [line.date_planned for line in order.order_line if not line.display_type and line.date_planned]
            order.date_planned = min(dates, default=order.date_planned)

    @api.compute("date_calendar_start")
    @api.depends("state", "date_order", "date_approve")
    def _compute_date_calendar_start(self) -> None:
        for order in self:
            order.date_calendar_start = order.date_approve if order.state == "purchase" else order.date_order

    @api.compute("tax_country_id")
    def _compute_tax_country_id(self) -> None:
        for order in self:
            order.tax_country_id = order.company_id.account_fiscal_country_id

    @api.onchange("partner_id")
    def onchange_partner_id(self) -> None:
        """A vendor brings fiscal position and payment terms."""
        vendor = self.partner_id.with_company(self.company_id)
        self.fiscal_position_id = self.env["account.fiscal.position"]._get_fiscal_position(vendor) if vendor else False
        self.payment_term_id = vendor.property_supplier_payment_term_id

    # ---------------------------------------------------------------- saving

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make requests, numbered by the sequence unless they bring a name."""
        sequences = self.env["ir.sequence"]
        numbered = []
        for vals in vals_list:
            if vals.get("name", _NEW) == _NEW:
                number = sequences.next_by_code("purchase.order", sequence_date=vals.get("date_order"))
                numbered.append({**vals, "name": number or "/"})
            else:
                numbered.append(vals)
        return super().create(numbered)

    def _check_exist(self) -> None:
        self.mapped("state")

    @api.ondelete(at_uninstall=False)
    def _unlink_if_cancelled(self) -> None:
        if any(order.state != "cancel" for order in self):
            raise UserError("In order to delete a purchase order, you must cancel it first.")

    def copy_data(self, default: Any = None) -> list[dict[str, Any]]:
        """Values of copies, with their lines, planned anew."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        for order, values in zip(self, copies, strict=True):
            if "order_line" not in (default or {}):
                lines = [
                    {k: v for k, v in line.items() if k not in ("order_id", "date_planned")}
                    for line in order.order_line.copy_data()
                ]
                values["order_line"] = [(0, 0, line) for line in lines]
        return copies

    # ---------------------------------------------------------------- the flow

    def button_confirm(self) -> bool:
        """Confirm requests; those that are orders already stay as they are."""
        for order in self.filtered(lambda each: each.state in ("draft", "sent")):
            order._check_lines()
            order._add_vendor_to_products()
            if order._needs_approval():
                order.write({"state": "to approve"})
            else:
                order.button_approve()
        return True

    def _check_lines(self) -> None:
        lines = self.order_line.filtered(lambda line: not line.display_type and not line.is_downpayment)
        if any(not line.product_id for line in lines):
            raise UserError("Some order lines are missing a product, you need to correct them before going further.")

    def _needs_approval(self) -> bool:
        """Large orders are approved by managers where the company wants it."""
        company = self.company_id
        if company.po_double_validation != "two_step" or self.env.user._has_group("purchase.group_purchase_manager"):
            return False
        own = company.currency_id
        limit = own._convert(company.po_double_validation_amount, self.currency_id, company, self.date_order)
        return bool(self.amount_total >= limit)

    def button_approve(self, force: bool = False) -> dict[str, Any]:
        """Make orders, dated now, of those that the user may approve."""
        orders = self.filtered(lambda order: not order._needs_approval())
        orders.write({"state": "purchase", "date_approve": self.env.transaction.now.replace(microsecond=0)})
        orders.filtered(lambda order: order.company_id.po_lock == "lock").write({"locked": True})
        orders._approved()
        return {}

    def _approved(self) -> None:
        """Hook: what other apps do with an approved order."""

    def button_cancel(self) -> None:
        """Cancel orders; raises UserError where one is locked or billed."""
        locked = self.filtered("locked")
        if locked:
            names = ", ".join(locked.mapped("display_name"))
            raise UserError(f"Unable to cancel purchase order(s): {names}. You must first unlock them.")
        billed = self.filtered(lambda order: any(move.state not in ("cancel", "draft") for move in order.invoice_ids))
        if billed:
            names = ", ".join(billed.mapped("display_name"))
            raise UserError(
                f"Unable to cancel purchase order(s): {names}. You must first cancel their related vendor bills."
            )
        self._cancel_receipts()
        self.write({"state": "cancel"})

    def _cancel_receipts(self) -> None:
        """Hook: what other apps do with a cancelled order."""

    def button_draft(self) -> dict[str, Any]:
        """Make requests of orders again."""
        self.write({"state": "draft"})
        return {}

    def button_lock(self) -> None:
        """Refuse further changes."""
        self.write({"locked": True})

    def button_unlock(self) -> None:
        """Allow changes again."""
        self.write({"locked": False})

    def _add_vendor_to_products(self) -> None:
        """Vendors somebody ordered from are vendors of the products."""
        vendor = self.partner_id.parent_id or self.partner_id
        for line in self.order_line.filtered("product_id"):
            known = line.product_id.seller_ids
            if not (vendor | self.partner_id) & known.partner_id and len(known) <= 10:
                line.product_id.product_tmpl_id.sudo().write({"seller_ids": [(0, 0, line._vendor_values(vendor))]})

    def action_rfq_send(self) -> dict[str, Any]:
        """The composer of an e-mail to the vendor, as an action of the web client."""
        self.ensure_one()
        asks = self.env.context.get("send_rfq")
        template = self.env.ref(f"purchase.email_template_edi_purchase{'' if asks else '_done'}", False)
        request = self.state in ("draft", "sent")
        context = {
            "default_model": "purchase.order",
            "default_res_ids": self.ids,
            "default_template_id": template.id if template else False,
            "default_composition_mode": "comment",
            "default_email_layout_xmlid": "mail.mail_notification_layout_with_responsible_signature",
            "email_notification_allow_footer": True,
            "force_email": True,
            "hide_mail_template_management_options": True,
            "mark_rfq_as_sent": True,
            "model_description": "Request for Quotation" if request else "Purchase Order",
        }
        return {
            "name": "Compose Email",
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "view_id": 0,  # views are no records here
            "target": "new",
            "context": context,
        }

    def action_acknowledge(self) -> None:
        """Note that the vendor has seen the orders."""
        self.write({"acknowledged": True})

    def action_open_business_doc(self) -> dict[str, Any]:
        """The order's form, as an action of the web client."""
        self.ensure_one()
        return {
            "name": "Order",
            "type": "ir.actions.act_window",
            "res_model": "purchase.order",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _track_subtype(self, before: Mapping[str, Any]) -> Any:
        approved = "approved" if before.get("state") == "to approve" else "confirmed"
        kinds = {"purchase": approved, "to approve": "confirmed", "sent": "sent"}
        if "state" in before and self.state in kinds:
            return self.env.ref(f"purchase.mt_rfq_{kinds[self.state]}")
        return super()._track_subtype(before)  # type: ignore[misc]
