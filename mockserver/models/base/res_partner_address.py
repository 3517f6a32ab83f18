"""Addresses of contacts: how they are shown, and how companies and contacts share them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["ResPartner"]

ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")
BOTH_WAYS = ("vat",)
"""Accounting data a contact's change carries up to its company."""
DOWN = (
    *(
        "company_registry",
        "industry_id",
        "credit_limit",
        "property_account_payable_id",
        "property_outbound_payment_method_line_id",
    ),
    *("property_account_receivable_id", "property_account_position_id", "property_payment_term_id"),
    *("property_supplier_payment_term_id", "property_inbound_payment_method_line_id", "property_purchase_currency_id"),
    *("specific_property_product_pricelist", "invoice_edi_format_store", "use_partner_credit_limit"),
)
"""Accounting data that goes from a company to its contacts."""
CARRIED = ("parent_id", *ADDRESS, *DOWN)
_FORMAT = "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # ---------------------------------------------------------------- how it is shown

    @api.depends_context("show_address", "partner_show_db_id", "show_email", "show_vat", "formatted_display_name")
    def _compute_display_name(self) -> None:
        """The complete name, with what the context asks for (recorded in crud/display-name-partner)."""
        formatted = self.env.context.get("formatted_display_name")
        for partner in self:
            partner.display_name = partner._formatted_label() if formatted else partner._label()

    def _label(self) -> str:
        context = self.env.context
        name = self.complete_name or ""
        if context.get("partner_display_name_hide_company"):
            name = self.name or self._type_label()
        if context.get("partner_show_db_id"):
            name = f"{name} ({self.id})"
        if context.get("show_email") and self.email:
            name = f"{name} <{self.email}>"
        if context.get("show_address"):
            name = f"{name}\n{self._display_address(without_company=True)}"
        name = re.sub(r"\s+\n", "\n", name)
        if context.get("show_vat") and self.vat:
            name = f"{name}\n {self.vat}" if context.get("show_address") else f"{name} - {self.vat}"
        return (
            ", ".join(line for line in name.split("\n") if line) if context.get("address_inline") else name.rstrip("\n")
        )

    def _formatted_label(self) -> str:
        """What the web client shows in two tones: the part between dashes is muted."""
        name, own = self.name or self._type_label(), self.complete_name or ""
        if not self.is_company and (self.company_name or self.parent_id):
            company = self.commercial_company_name or self.sudo().parent_id.name
            own = f"{company} \t --{name}--"
        if self.env.context.get("partner_show_db_id"):
            own = f"{own} \t --({self.id})--"
        if self.env.context.get("show_email") and self.email:
            own = f"{own} \t --{self.email}--"
        if self.env.context.get("show_address"):
            lines = self._display_address(without_company=True).split("\n")
            own += "".join(f"\n--{line}--" for line in lines if line.strip())
        if self.env.context.get("show_vat") and self.vat:
            own = f"{own} \t --{self.vat}--"
        return own

    @api.compute("contact_address")
    def _compute_contact_address(self) -> None:
        for partner in self:
            partner.contact_address = partner._display_address()

    @api.compute("contact_address_inline")
    def _compute_contact_address_inline(self) -> None:
        for partner in self:
            lines = (partner.contact_address or "").split("\n")
            partner.contact_address_inline = ", ".join(line.strip() for line in lines if line.strip())

    @api.compute("type_address_label")
    def _compute_type_address_label(self) -> None:
        labels = {"invoice": "Invoice Address", "delivery": "Delivery Address", "other": "Other Address"}
        for partner in self:
            plain = "Company Address" if partner.parent_id else "Address"
            partner.type_address_label = labels.get(partner.type, plain)

    def _display_address(self, without_company: bool = False) -> str:
        """The address in the format of its country, without empty lines."""
        values: defaultdict[str, str] = defaultdict(str)
        values.update({name: self[name] or "" for name in ("street", "street2", "zip", "city")})
        values.update(state_code=self.state_id.code or "", state_name=self.state_id.name or "")
        values.update(country_code=self.country_id.code or "", country_name=self.country_id.name or "")
        text = (self.country_id.address_format or _FORMAT) % values
        lines = [line.strip() for line in text.split("\n")]
        if not without_company and self.commercial_company_name:
            lines.insert(0, self.commercial_company_name)
        return "\n".join(line for line in lines if line)

    def create_company(self) -> bool:
        """Make the company that is only a name so far; the contact and those below it belong to it."""
        self.ensure_one()
        if self.company_name:
            address = {name: self[name] for name in (*ADDRESS, *BOTH_WAYS) if self[name]}
            vals = {name: value.id if hasattr(value, "_ids") else value for name, value in address.items()}
            company = self.create([{**vals, "name": self.company_name, "is_company": True}])
            self.write({"parent_id": company.id})
            self.child_ids.write({"parent_id": company.id})
        return True

    def open_commercial_entity(self) -> dict[str, Any]:
        """The company of a contact, as an action of the web client."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "view_mode": "form",
            "res_id": self.commercial_partner_id.id,
            "target": "current",
        }

    def address_get(self, adr_pref: Iterable[str] | None = None) -> dict[str, int | bool]:
        """For each address type, the id of the contact to use: below, then above the contact, else itself."""
        wanted = set(adr_pref or ()) | {"contact"}
        found: dict[str, int | bool] = {}
        for partner in self:
            entity = partner
            while entity:
                entity._collect_addresses(wanted, found)
                if entity.is_company or not entity.parent_id:
                    break
                entity = entity.parent_id
        default = found.get("contact", self.id or False)
        return {kind: found.get(kind, default) for kind in wanted}

    def _collect_addresses(self, wanted: set[str], found: dict[str, int | bool]) -> None:
        queue = [self]
        while queue:
            record = queue.pop(0)
            if record.type in wanted and not found.get(record.type):
                found[record.type] = record.id
            queue = [*[child for child in record.child_ids if not child.is_company], *queue]

    # ---------------------------------------------------------------- shared with company and contacts

    def _sync(self, vals: Mapping[str, Any]) -> None:
        """Carry what was written from the company, up to it, and down to contacts.

        Recorded in crud/write-address-sync: a contact's street goes up to the company and down to its other contacts
        of type contact; vat goes to all of them.
        """
        if vals.get("parent_id"):
            self._take(self.commercial_partner_id, self._accounting_fields())
        if self.parent_id and self.type == "contact":
            if vals.get("parent_id") or vals.get("type") == "contact":
                self._take(self.parent_id, ADDRESS if self.parent_id._has_address() else ())
            if "parent_id" in vals or any(name in vals for name in ADDRESS):
                self.parent_id._take(self, ADDRESS if self._has_address() else ())
        if self.parent_id and not self.is_company:
            self.parent_id._take(self, [name for name in BOTH_WAYS if name in vals])
        self._sync_contacts(vals)

    def _sync_contacts(self, vals: Mapping[str, Any]) -> None:
        touched = {*ADDRESS, *BOTH_WAYS, *DOWN, "lang"} & set(vals)
        if not touched:
            return
        for child in self.child_ids:
            if not child.is_company:
                child._take(self, [name for name in (*self._accounting_fields(), "lang") if name in vals])
            if child.type == "contact":
                child._take(self, [name for name in ADDRESS if name in vals])

    def _check_links(self, vals: Mapping[str, Any], names: Iterable[str]) -> None:
        """Odoo reads what it carries on, so a country that does not exist is a MissingError on `write` (recorded in
        field/many2one-missing-id); other links that fail are refused by the database."""
        for name in names:
            field, value = self._fields.get(name), vals.get(name)
            if field is None or field.type != "many2one" or type(value) is not int or not value:
                continue
            target = self.env[field.comodel_name].sudo().browse(value)
            if not target.exists():
                raise target.with_env(self.env)._missing()

    def _accounting_fields(self) -> list[str]:
        return [name for name in (*BOTH_WAYS, *DOWN) if name in self._fields]

    def _has_address(self) -> bool:
        return any(self[name] for name in ADDRESS)

    def _take(self, source: Any, names: Iterable[str]) -> None:
        """Write the source's values of the fields that differ."""
        if source == self:
            return
        values = {name: source[name] for name in names if source[name] != self[name]}
        if values:
            self.sudo().write({name: getattr(value, "id", value) for name, value in values.items()})

    def _give_parent_first_address(self) -> None:
        """The first contact of a company without an address gives it its own."""
        parent = self.parent_id
        if parent and (parent.is_company or not parent.parent_id) and not parent._has_address():
            parent._take(self, ADDRESS if self._has_address() and len(parent.child_ids) == 1 else ())
