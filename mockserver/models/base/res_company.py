"""Companies: each has a contact, and joins those of the user who makes it."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models.base.places import bring_country

__all__ = ["ResCompany"]

_ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")
_OF_CONTACT = ("email", "phone", "website", "vat", "company_registry")


class ResCompany(models.Model):
    """Address and e-mail live on the company's contact."""

    _inherit = "res.company"
    _sql_messages = {
        "res_company_name_uniq": "The company name must be unique!",
        "res_company_check_quotation_validity_days": "You cannot set a negative number for the default quotation"
        " validity. Leave empty (or 0) to disable the automatic expiration of quotations.",
    }

    @api.compute(*_ADDRESS)
    def _compute_address(self) -> None:
        for company in self:
            for name in _ADDRESS:
                company[name] = company.partner_id[name]

    @api.inverse("street")
    def _inverse_street(self) -> None:
        self._write_to_contact("street")

    @api.inverse("street2")
    def _inverse_street2(self) -> None:
        self._write_to_contact("street2")

    @api.inverse("zip")
    def _inverse_zip(self) -> None:
        self._write_to_contact("zip")

    @api.inverse("city")
    def _inverse_city(self) -> None:
        self._write_to_contact("city")

    @api.inverse("state_id")
    def _inverse_state_id(self) -> None:
        self._write_to_contact("state_id")

    @api.inverse("country_id")
    def _inverse_country_id(self) -> None:
        self._write_to_contact("country_id")

    def _write_to_contact(self, name: str) -> None:
        for company in self:
            company.partner_id[name] = company[name]

    @api.compute("parent_ids", "root_id")
    def _compute_parent_ids(self) -> None:
        for company in self:
            above = [int(id) for id in (company.parent_path or "").split("/") if id]
            company.parent_ids = self.browse(above) or company
            company.root_id = company.parent_ids[0]

    @api.onchange("country_id")
    def _onchange_country_id(self) -> None:
        """A country brings its currency."""
        if self["country_id"]:
            self.currency_id = self["country_id"].currency_id

    @api.onchange("state_id")
    def _onchange_state_id(self) -> None:
        bring_country(self, "country_id", "state_id")

    @api.compute("color")
    def _compute_color(self) -> None:
        for company in self:
            company.color = company.root_id.partner_id.color or company.root_id._origin.id % 12

    @api.inverse("color")
    def _inverse_color(self) -> None:
        for company in self:
            company.root_id.partner_id.color = company.color

    @api.compute("uses_default_logo")
    def _compute_uses_default_logo(self) -> None:
        for company in self:
            company.uses_default_logo = not company.partner_id.image_1920

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make companies, each with a contact unless one is given."""
        prepared = [dict(vals) for vals in vals_list]
        for vals in prepared:
            if parent := self.browse(vals.get("parent_id") or []):
                vals.setdefault("currency_id", parent.currency_id.id)  # a branch has its root's
            if vals.get("name") and not vals.get("partner_id"):
                own = {name: vals[name] for name in _OF_CONTACT if vals.get(name)}
                contact = {**own, "name": vals["name"], "is_company": True, "image_1920": vals.get("logo") or False}
                vals["partner_id"] = self.env["res.partner"].create([contact]).id
        companies = super().create(prepared)
        self._join(companies)
        self._activate(companies.currency_id)
        return companies

    def _activate(self, currencies: Any) -> None:
        """Currencies of companies are in use."""
        currencies.sudo().filtered(lambda currency: not currency.active).write({"active": True})

    @api.constrains("active")
    def _check_active(self) -> None:
        for company in self.filtered(lambda each: not each.active):
            users = self.env["res.users"].search_count([("company_id", "=", company.id), ("active", "=", True)])
            if users:
                raise ValidationError(
                    f"The company {company.name} cannot be archived because it is still used "
                    f"as the default company of {users} users."
                )

    @api.constrains("currency_id", "parent_id")
    def _check_root_delegated_fields(self) -> None:
        for company in self:
            if company.parent_id and company.currency_id != company.root_id.currency_id:
                raise ValidationError("The Currency of a subsidiary must be the same as it's root company.")

    def _join(self, companies: Self) -> None:
        """The user who makes a company may use it, recorded in access/multi-company-partners."""
        if companies:
            commands = [(4, id) for id in companies.ids]
            self.env.user.sudo().write({"company_ids": commands})
            self.env.access.changed(self.env)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the name goes to the contact, the currency and archiving to branches."""
        if "parent_id" in vals:
            raise UserError("The company hierarchy cannot be changed.")
        self._activate(self.env["res.currency"].browse(vals.get("currency_id") or []))
        super().write(vals)
        if vals.get("active") is False and self.child_ids:
            self.child_ids.write({"active": False})
        roots = self.filtered(lambda each: "currency_id" in vals and not each.parent_id)
        if branches := self.sudo().search([("id", "child_of", roots.ids), ("id", "not in", roots.ids)]):
            branches.write({"currency_id": vals["currency_id"]})
        for company in self:
            if vals.get("name") and company.partner_id.name != vals["name"]:
                company.partner_id.name = vals["name"]
        self.env.access.changed(self.env)
        return True

    def copy(self, default: Any = None) -> Self:
        """Never: raises UserError."""
        raise UserError("Duplicating a company is not allowed. Please create a new company instead.")

    def unlink(self) -> bool:
        """Delete companies; rights follow at once."""
        super().unlink()
        self.env.access.changed(self.env)
        return True
