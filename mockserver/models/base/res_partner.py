"""Contacts: names, company and person, who they are for accounting, and what may not be saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.models import emails
from fauxdoo.mockserver.models.base.res_partner_address import CARRIED

__all__ = ["ResPartner"]


class ResPartner(models.Model):
    _inherit = "res.partner"
    _precomputes = True
    _sql_messages = {"res_partner_check_name": "Contacts require a name"}

    child_ids = fields.One2many("res.partner", "parent_id", domain=[("active", "=", True)])
    """Archived contacts stay hidden even without `active_test` (recorded in crud/archive-in-relations)."""

    lang = fields.Selection(selection="_installed_languages")
    """Any code is taken, listed are the active ones (recorded in crud/inherits-image-and-lang)."""

    @api.model
    def _installed_languages(self) -> list[tuple[str, str]]:
        languages: list[tuple[str, str]] = self.env["res.lang"].get_installed()
        return languages

    # ---------------------------------------------------------------- who it is

    @api.compute("commercial_partner_id")
    def _compute_commercial_partner(self) -> None:
        for partner in self:
            entity, seen = partner, {partner.id}
            while entity.parent_id and not entity.is_company and entity.parent_id.id not in seen:
                entity = entity.parent_id
                seen.add(entity.id)
            partner.commercial_partner_id = entity

    @api.compute("commercial_company_name")
    def _compute_commercial_company_name(self) -> None:
        for partner in self:
            company = partner.commercial_partner_id
            partner.commercial_company_name = company.name if company.is_company else partner.company_name

    @api.compute("company_type")
    def _compute_company_type(self) -> None:
        for partner in self:
            partner.company_type = "company" if partner.is_company else "person"

    @api.inverse("company_type")
    def _inverse_company_type(self) -> None:
        for partner in self:
            partner.is_company = partner.company_type == "company"

    @api.compute("lang")
    def _compute_lang(self) -> None:
        for partner in self.filtered("parent_id"):
            partner.lang = partner.parent_id.lang or partner.lang or self.default_get(["lang"]).get("lang")

    @api.compute("user_id")
    def _compute_user_id(self) -> None:
        for partner in self:
            inherits = not partner.user_id and not partner.is_company and partner.parent_id.user_id
            partner.user_id = partner.parent_id.user_id if inherits else partner.user_id

    @api.compute("partner_share")
    def _compute_partner_share(self) -> None:
        for partner in self:
            users = partner.user_ids
            partner.partner_share = not users or all(user.share for user in users)

    @api.compute("main_user_id")
    def _compute_main_user_id(self) -> None:
        for partner in self:
            users = partner.user_ids.sorted(lambda user: (user.share, user.id))
            partner.main_user_id = users[:1]

    @api.compute("is_public")
    def _compute_is_public(self) -> None:
        for partner in self:
            users = partner.with_context(active_test=False).user_ids
            partner.is_public = any(user._has_group("base.group_public") for user in users)

    @api.compute("self")
    def _compute_self(self) -> None:
        for partner in self:
            partner["self"] = partner

    @api.compute("active_lang_count")
    def _compute_active_lang_count(self) -> None:
        for partner in self:
            partner.active_lang_count = len(self.env.active_languages)

    @api.compute("same_vat_partner_id")
    def _compute_same_vat_partner_id(self) -> None:
        for partner in self:
            family = ("id", "child_of", partner.ids)
            domain = [("vat", "=", partner.vat), ("parent_id", "=", False), "!", family]
            partner.same_vat_partner_id = bool(partner.vat) and partner.search(domain, limit=1)

    # ---------------------------------------------------------------- e-mail, phone, site

    @api.compute("email_normalized")
    def _compute_email_normalized(self) -> None:
        for partner in self:
            partner.email_normalized = emails.normalized(partner.email)

    @api.compute("email_formatted")
    def _compute_email_formatted(self) -> None:
        for partner in self:
            mails = ",".join(emails.addresses(partner.email)) or partner.email
            partner.email_formatted = emails.formatted(partner.name or "False", mails) if mails else ""

    @api.compute("phone_sanitized")
    def _compute_phone_sanitized(self) -> None:
        """Numbers stay as typed: a real Odoo without the phonenumbers library does not touch them either."""
        for partner in self:
            partner.phone_sanitized = partner.phone

    # ---------------------------------------------------------------- names

    @api.compute("complete_name")
    def _compute_complete_name(self) -> None:
        for partner in self:
            partner.complete_name = partner._full_name().strip()

    def _full_name(self) -> str:
        name = self.name or ""
        if not (self.company_name or self.parent_id):
            return name
        name = name or self._type_label()
        if self.is_company:
            return name
        return f"{self.commercial_company_name or self.sudo().parent_id.name}, {name}"

    def _type_label(self) -> str:
        """The label of the address type of a contact without a name, empty for an ordinary contact."""
        labels = dict(self._fields["type"].facts["selection"])
        return labels.get(self.type, "") if self.type != "contact" else ""

    @api.model
    def name_create(self, name: str) -> tuple[int, str]:
        """Make a contact of `Name <mail>`, or of a name alone; (id, display name)."""
        label, mail = emails.name_and_address(name)
        partner = self.create([{"name": label or mail or name, **({"email": mail} if mail else {})}])
        return partner.id, partner.display_name

    @api.model
    def find_or_create(self, email: str, assert_valid_email: bool = False) -> Self:
        """The contact with the address in `Name <mail>`, made if there is none; raises ValueError without a text."""
        if not email:
            raise ValueError("An email is required for find_or_create to work")
        label, mail = emails.name_and_address(email)
        if not mail and assert_valid_email:
            raise ValueError("A valid email is required for find_or_create to work properly.")
        found = self.search([("email_normalized", "=", mail)], limit=1) if mail else self.browse()
        return found or self.create([{"name": label or mail or email, **({"email": mail} if mail else {})}])

    # ---------------------------------------------------------------- saving

    @api.constrains("parent_id")
    def _check_parent_id(self) -> None:
        if any(partner._is_above_itself() for partner in self):
            raise ValidationError("You cannot create recursive Partner hierarchies.")

    def _is_above_itself(self) -> bool:
        above, seen = self.parent_id, set()
        while above and above.id not in seen:
            if above == self:
                return True
            seen.add(above.id)
            above = above.parent_id
        return False

    @api.constrains("barcode")
    def _check_barcode(self) -> None:
        for partner in self.filtered("barcode"):
            if self.search_count([("barcode", "=", partner.barcode)]) > 1:
                raise ValidationError("Another partner already has this barcode")

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make contacts; each takes address and accounting data of its company."""
        for vals in vals_list:
            hash(vals.get("parent_id"))  # Odoo looks it up by value: TypeError for a list, no other link minds
            self._check_links(vals, ["parent_id"])
        partners = super().create([self._cleaned(vals) for vals in vals_list])
        for partner, vals in zip(partners, vals_list, strict=True):
            partner._sync(vals)
            partner._give_parent_first_address()
        return partners

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values, and carry address and accounting data to company and contacts.

        Odoo reads the contacts first, so that a missing one raises MissingError, and looks each field up itself:
        KeyError for an unknown one (recorded in crud/write-missing-id and crud/write-unknown-field).
        """
        if not self:
            return True
        if "active" in vals and not vals.get("active"):
            self._check_archiving()
        cleaned = self._cleaned(vals)
        saved = self.browse(self.ids)
        saved.mapped("is_company")
        for name in vals:
            _ = self._fields[name]
        hash(cleaned.get("parent_id"))  # a list is a TypeError (recorded in command/on-non-relational-and-m2o)
        saved._check_links(cleaned, CARRIED)
        saved._check_company_change(cleaned)
        holders = saved._own_accounts() if "name" in cleaned else self.env["res.partner.bank"]
        super().write(cleaned)
        if holders:
            holders.write({"acc_holder_name": cleaned["name"]})
        for partner in saved:
            partner._sync(cleaned)
        return True

    def _own_accounts(self) -> Any:
        """The bank accounts held in the contact's own name, which follow it: the user must be able to read accounts
        (recorded in access/portal-partner)."""
        accounts = self.env["res.partner.bank"]
        for partner in self:
            accounts |= partner.bank_ids.filtered(lambda bank: bank.acc_holder_name == bank.partner_id.name)
        return accounts

    def _cleaned(self, vals: Any) -> Any:
        """The values with a full address of the site, and no typed company name beside a company."""
        changes: dict[str, Any] = {}
        if vals.get("website"):
            changes["website"] = _full_url(str(vals["website"]))
        if vals.get("parent_id"):
            changes["company_name"] = False
        return {**vals, **changes} if changes else vals

    def _check_archiving(self) -> None:
        users = self.env["res.users"].sudo().search([("partner_id", "in", self.ids)])
        if users:
            names = ", ".join(users.mapped("display_name"))
            raise UserError(
                "You cannot archive contacts linked to an active user.\nYou first need to archive their associated"
                f" user.\n\nLinked active users : {names}"
            )

    def _check_company_change(self, vals: Mapping[str, Any]) -> None:
        """A contact of users follows their companies; its own contacts follow it."""
        if "company_id" not in vals:
            return
        company = self.env["res.company"].browse(int(vals["company_id"] or 0) or [])
        for partner in self.sudo():
            if company and partner.user_ids and not partner.user_ids.company_id <= company:
                raise UserError("The selected company is not compatible with the companies of the related user(s)")
            partner.child_ids.write({"company_id": company.id})

    def copy_data(self, default: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Values of copies, named "… (copy)"."""
        copies: list[dict[str, Any]] = super().copy_data(default)
        if "name" not in (default or {}):
            for partner, values in zip(self, copies, strict=True):
                values["name"] = f"{partner.name} (copy)" if partner.name else partner.name
        return copies


def _full_url(site: str) -> str:
    """The address with a scheme: "www.x.com/y" becomes "http://www.x.com/y"."""
    return site if urlsplit(site).scheme else f"http://{site}"
