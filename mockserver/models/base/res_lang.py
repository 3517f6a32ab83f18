"""Languages: which are active, and how they write numbers."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ResLang"]


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
            country = (lang.code or "").rpartition("_")[2].lower()
            lang.flag_image_url = f"/base/static/img/country_flags/{country}.png"

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

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; a language some user speaks stays active."""
        if vals.get("active") is False:
            self._check_unused()
        super().write(vals)
        self.env.transaction.memo.pop("languages", None)
        return True

    def _check_unused(self) -> None:
        users = self.env["res.users"].sudo().search([("lang", "in", self.mapped("code"))], limit=1)
        if users:
            raise UserError("Cannot deactivate a language that is currently used by users.")

    def action_unarchive(self) -> None:
        """Activate languages."""
        super().action_unarchive()
        self.env.transaction.memo.pop("languages", None)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_default_lang(self) -> None:
        for lang in self:
            if lang.code == "en_US":
                raise UserError("Base Language 'en_US' can not be deleted.")
            if lang.active:
                raise UserError(
                    "You cannot delete the language which is Active!\nPlease de-activate the language first."
                )
