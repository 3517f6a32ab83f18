"""Who of a contact's people may use the portal: the wizard that lets them in and shows them out."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.models import emails

__all__ = ["PortalWizard", "PortalWizardUser"]


class PortalWizard(models.TransientModel):
    """For the contacts of the context, and their people."""

    _inherit = "portal.wizard"

    @api.default("partner_ids")
    def _default_partner_ids(self) -> list[Any]:
        ids = self.env.context.get("default_partner_ids") or self.env.context.get("active_ids") or []
        partners = self.env["res.partner"].sudo().browse(ids)
        people = partners.child_ids.filtered(lambda each: each.type in ("contact", "other"))
        return [(4, id) for id in (people | partners).ids]

    @api.compute("user_ids")
    @api.depends("partner_ids")
    def _compute_user_ids(self) -> None:
        for wizard in self:
            wizard.user_ids = [(0, 0, {"partner_id": each.id, "email": each.email}) for each in wizard.partner_ids]

    def action_open_wizard(self) -> dict[str, Any]:
        """Make a wizard; the action that shows it."""
        return self.create({})._action_open_modal()  # type: ignore[no-any-return]

    def _action_open_modal(self) -> dict[str, Any]:
        return {
            "name": "Portal Access Management",
            "type": "ir.actions.act_window",
            "res_model": "portal.wizard",
            "view_type": "form",
            "view_mode": "form",
            "res_id": self.id,
            "target": "new",
        }


class PortalWizardUser(models.TransientModel):
    """One person: a user is made where there is none, or changes between the groups of the public and the portal."""

    _inherit = "portal.wizard.user"

    @api.compute("user_id")
    @api.depends("partner_id")
    def _compute_user_id(self) -> None:
        for person in self:
            person.user_id = person.partner_id.sudo().with_context(active_test=False).user_ids[:1]

    @api.compute("is_portal", "is_internal")
    @api.depends("user_id", "user_id.group_ids", "user_id.active")
    def _compute_group(self) -> None:
        for person in self:
            user = person.user_id.sudo()
            person.is_internal = user.active and user._is_internal()
            person.is_portal = user.active and user.has_group("base.group_portal")

    @api.compute("email_state")
    @api.depends("email")
    def _compute_email_state(self) -> None:
        users = self.env["res.users"].sudo().with_context(active_test=False)
        for person in self:
            address = emails.normalized(person.email)
            others = [("login", "=", address), ("id", "!=", person.user_id.id)]
            taken = address and users.search_count(others, limit=1)
            person.email_state = "exist" if taken else "ok" if address else "ko"

    def action_grant_access(self) -> dict[str, Any]:
        """Let the person in; raises UserError for somebody who is in, and for an address that does not serve."""
        self.ensure_one()
        self._check_email()
        if self.is_portal or self.is_internal:
            raise UserError(f'The partner "{self.partner_id.name}" already has the portal access.')
        self._take_email()
        user = self.user_id.sudo() or self._new_user()
        if not user.active or not self.is_portal:
            user.write({"active": True, "group_ids": self._groups("base.group_portal", "base.group_public")})
        return self.action_refresh_modal()

    def action_revoke_access(self) -> dict[str, Any]:
        """Show the person out: the user is archived. Raises UserError for somebody who is not in."""
        self.ensure_one()
        if not self.is_portal:
            raise UserError(f'The partner "{self.partner_id.name}" has no portal access or is internal.')
        self._take_email()
        groups = self._groups("base.group_public", "base.group_portal")
        self.user_id.sudo().write({"active": False, "group_ids": groups})
        return self.action_refresh_modal()

    def action_invite_again(self) -> dict[str, Any]:
        """Nothing is sent; raises UserError for somebody who is not in."""
        self.ensure_one()
        self._check_email()
        if not self.is_portal:
            raise UserError(f'You should first grant the portal access to the partner "{self.partner_id.name}".')
        self._take_email()
        return self.action_refresh_modal()

    def action_refresh_modal(self) -> dict[str, Any]:
        """The action that shows the wizard again."""
        return self.wizard_id._action_open_modal()  # type: ignore[no-any-return]

    def _check_email(self) -> None:
        if self.email_state == "ko":
            raise UserError(f'The contact "{self.partner_id.name}" does not have a valid email.')
        if self.email_state == "exist":
            raise UserError(f'The contact "{self.partner_id.name}" has the same email as an existing user')

    def _take_email(self) -> None:
        """An address that was changed in the wizard is the contact's."""
        address = emails.normalized(self.email)
        if address and address != emails.normalized(self.partner_id.email):
            self.partner_id.write({"email": address})

    def _new_user(self) -> Any:
        company = self.partner_id.company_id or self.env.company
        address = emails.normalized(self.email)
        values = {"login": address, "email": address, "partner_id": self.partner_id.id}
        groups = [(6, 0, [self.env.ref("base.group_portal").id])]
        own = {"company_id": company.id, "company_ids": [(6, 0, company.ids)], "group_ids": groups}
        return self.env["res.users"].sudo().create({**values, **own})

    def _groups(self, taken: str, left: str) -> list[Any]:
        return [(4, self.env.ref(taken).id), (3, self.env.ref(left).id)]
