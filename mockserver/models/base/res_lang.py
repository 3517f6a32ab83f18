"""Languages: which are active, and how they write numbers."""

from __future__ import annotations

from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError, ValidationError

__all__ = ["ResLang"]

_INSTALLED = (
    "The languages that you selected have been successfully installed. "
    "Users can choose their favorite language in their preferences."
)
_SPEAKERS = (
    ("res.users", True, "Cannot deactivate a language that is currently used by users."),
    ("res.partner", True, "Cannot deactivate a language that is currently used by contacts."),
    (
        "res.users",
        False,
        "You cannot archive the language in which Odoo was setup as it is used by automated processes.",
    ),
)
"""Who keeps a language active: model, whether only active records count, and what is said then."""


class ResLang(models.Model):
    """A language is activated, never installed: texts fall back to English."""

    _inherit = "res.lang"
    _columns_before = ("name",)
    _sql_messages = {
        "res_lang_name_uniq": "The name of the language must be unique!",
        "res_lang_code_uniq": "The code of the language must be unique!",
        "res_lang_url_code_uniq": "The URL code of the language must be unique!",
    }

    @api.compute("flag_image_url")
    def _compute_flag_image_url(self) -> None:
        for lang in self:
            code = (lang.code or "").lower()
            country = code.rpartition("_")[2]
            country = code.partition("_")[0] if country.isdigit() else country
            own = f"/web/image/res.lang/{lang.id}/flag_image" if lang.flag_image else False
            lang.flag_image_url = own or f"/base/static/img/country_flags/{country}.png"

    @api.constrains("active")
    def _check_active(self) -> None:
        if not self.sudo().search_count([("active", "=", True)]):
            raise ValidationError("At least one language must be active.")

    @api.model
    def get_installed(self) -> list[tuple[str, str]]:
        """(code, name) of the active languages, by name."""
        active = self.sudo().with_context(active_test=True).search([], order="name")
        return [(lang.code, lang.name) for lang in active]

    def format(self, percent: str, value: float, grouping: bool = False) -> str:
        """`percent % value` with the language's decimal point and, for `grouping`, thousands separator.

        Raises ValueError where `percent` is not one %-format.
        """
        if not percent.startswith("%"):
            raise ValueError("format() must be given exactly one %char format specifier")
        text = percent % value
        whole, point, decimals = text.partition(".")
        if grouping and percent[-1] in "eEfFgGdiu":
            sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
            whole = sign + f"{int(digits or 0):,}".replace(",", self.thousands_sep or "")
        return whole + (self.decimal_point if point else "") + decimals

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make languages; in addresses they are called by their ISO code, else their own. Raises KeyError without."""
        return super().create(
            [{**vals, "url_code": vals.get("url_code") or vals.get("iso_code") or vals["code"]} for vals in vals_list]
        )

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; the code stays, a language somebody speaks stays active."""
        if "code" in vals and any(code != vals["code"] for code in self.mapped("code")):
            raise UserError("Language code cannot be modified.")
        if "active" in vals and not vals["active"]:
            self._check_unused()
            self.env["ir.default"].discard_values("res.partner", "lang", self.mapped("code"))
        super().write(vals)
        if vals.get("active"):
            self._take_short_codes()
        self.env.transaction.memo.pop("languages", None)
        return True

    def _check_unused(self) -> None:
        for model, active, message in _SPEAKERS:
            speakers = self.env[model].with_context(active_test=active)
            if speakers.search_count([("lang", "in", self.mapped("code"))], limit=1):
                raise UserError(message)

    def _take_short_codes(self) -> None:
        """In addresses an active language takes the short code of one that is not: /fr for fr_BE."""
        for lang in self.filtered(lambda each: "_" in each.url_code):
            short = lang.code.partition("_")[0]
            holder = self.with_context(active_test=False).search([("url_code", "=", short)], limit=1)
            if holder and not holder.active and holder.code != short:
                holder.url_code = holder.code
                lang.url_code = short

    def action_unarchive(self) -> None:
        """Activate languages."""
        super().action_unarchive()
        self.env.transaction.memo.pop("languages", None)

    def action_activate_langs(self) -> dict[str, Any]:
        """Activate languages, and tell so."""
        self.action_unarchive()
        return self._told_installed()

    def _told_installed(self) -> dict[str, Any]:
        """The action that tells of languages which can be chosen now."""
        done = {"type": "ir.actions.act_window_close"}
        params = {"message": _INSTALLED, "type": "success", "sticky": False, "next": done}
        return {"type": "ir.actions.client", "tag": "display_notification", "target": "new", "params": params}

    @api.ondelete(at_uninstall=True)
    def _unlink_except_default_lang(self) -> None:
        for lang in self:
            if lang.code == "en_US":
                raise UserError("Base Language 'en_US' can not be deleted.")
            if lang.code == self.env.context.get("lang"):
                raise UserError("You cannot delete the language which is the user's preferred language.")
            if lang.active:
                raise UserError(
                    "You cannot delete the language which is Active!\nPlease de-activate the language first."
                )
