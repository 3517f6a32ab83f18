"""The environment of a recordset: transaction, user, context."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.errors import AccessError, UserError
from fauxdoo.mockserver.orm.policy import AccessPolicy
from fauxdoo.mockserver.orm.transaction import Transaction
from fauxdoo.mockserver.settings import Settings

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Cursor

__all__ = ["SUPERUSER", "Environment"]

SUPERUSER = 1


class Environment(Mapping[str, Any]):
    """`env[model]` is the model's empty recordset for a user, a context and a transaction."""

    __slots__ = ("_context_key", "context", "su", "transaction", "uid")

    def __init__(
        self, transaction: Transaction, uid: int, context: Mapping[str, Any] | None = None, su: bool = False
    ) -> None:
        self.transaction, self.uid = transaction, uid
        self.context: dict[str, Any] = dict(context or {})
        self.su = su or uid == SUPERUSER
        self._context_key: Any = None

    def __call__(
        self, *, user: int | None = None, context: Mapping[str, Any] | None = None, su: bool | None = None
    ) -> Environment:
        """The same transaction for another user, context or mode; `user` leaves superuser mode."""
        return Environment(
            self.transaction,
            self.uid if user is None else int(user),
            self.context if context is None else context,
            (self.su if user is None else False) if su is None else su,
        )

    def __getitem__(self, name: str) -> Any:
        return self.transaction.registry[name](self, (), ())

    def __contains__(self, name: object) -> bool:
        return name in self.registry

    def __iter__(self) -> Iterator[str]:
        return iter(self.registry.names)

    def __len__(self) -> int:
        return len(self.registry.names)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def registry(self) -> Registry:
        return self.transaction.registry

    @property
    def cr(self) -> Cursor:
        """The cursor; pending values are not written by it, see `flush`."""
        return self.transaction.cursor

    @property
    def clock(self) -> Clock:
        return self.transaction.clock

    @property
    def settings(self) -> Settings:
        return self.transaction.settings

    @property
    def access(self) -> AccessPolicy:
        return self.transaction.access

    @property
    def context_key(self) -> Any:
        """What values that are not stored may vary with."""
        if self._context_key is None:
            self._context_key = (self.uid, self.su, repr(sorted(self.context.items(), key=lambda item: str(item[0]))))
        return self._context_key

    @property
    def user(self) -> Any:
        """The user, readable whatever the rights."""
        return self(user=self.uid, su=True)["res.users"].browse(self.uid)

    @property
    def in_source_language(self) -> bool:
        """Whether texts are wanted as their source has them."""
        code = self.context.get("lang")
        return not code or code == "en_US"

    @property
    def lang(self) -> str | None:
        """Code of the language of texts, None for the source texts."""
        if self.in_source_language:
            return None
        code = self.context["lang"]
        if code not in self.active_languages:
            raise UserError(f"Invalid language code: {code}")
        return str(code)

    def check_lang(self) -> None:
        """Raise UserError for a language of the context that is not active; an empty one is fine."""
        if "lang" in self.context:
            _ = self.lang

    @property
    def active_languages(self) -> frozenset[str]:
        """Codes of the active languages."""
        memo = self.transaction.memo
        if "languages" not in memo:
            found = self(su=True, context={})["res.lang"].search([("active", "=", True)])
            memo["languages"] = frozenset(found.mapped("code"))
        languages: frozenset[str] = memo["languages"]
        return languages

    @property
    def _user_as_is(self) -> Any:
        """The user without the context: which companies somebody has does not depend on a language."""
        return self(user=self.uid, context={}, su=True)["res.users"].browse(self.uid)

    def _allowed_companies(self) -> list[int]:
        wanted = self.context.get("allowed_company_ids") or []
        if not wanted:
            return []
        ids = [int(company) for company in wanted]
        if not self.su:
            allowed = set(self._user_as_is.company_ids.ids)
            if not allowed.issuperset(ids):
                raise AccessError("Access to unauthorized or invalid companies.")
        return ids

    @property
    def company(self) -> Any:
        """The current company: the first of `allowed_company_ids`, else the user's own."""
        ids = self._allowed_companies()
        if ids:
            return self["res.company"].browse(ids[0])
        return self._user_as_is.company_id.with_env(self)

    @property
    def companies(self) -> Any:
        """The companies in force: `allowed_company_ids`, else all of the user's."""
        ids = self._allowed_companies()
        if ids:
            return self["res.company"].browse(ids)
        return self._user_as_is.company_ids.with_env(self)

    def ref(self, xmlid: str, raise_if_not_found: bool = True) -> Any:
        """The record of an xmlid `module.name`; raises ValueError without one."""
        model, record = self.registry.xmlid(self, xmlid)
        if model is None or record is None:
            if raise_if_not_found:
                raise ValueError(f"External ID not found in the system: {xmlid}")
            return None
        return self[model].browse(record)

    def is_superuser(self) -> bool:
        """Whether access is not checked."""
        return self.su

    def is_admin(self) -> bool:
        """Whether the user has the access-rights group, or access is not checked."""
        return self.su or bool(self.user.has_group("base.group_erp_manager"))

    def is_system(self) -> bool:
        """Whether the user has the settings group, or access is not checked."""
        return self.su or bool(self.user.has_group("base.group_system"))

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once this transaction is committed."""
        self.transaction.after_commit.append(action)

    def bucket(self, field: Field) -> dict[Any, Any]:
        """The cached values of a field, by record id, as this environment sees them."""
        values = self.transaction.columns if field.is_column else self.transaction.computed
        return values[field, field.cache_key(self)]

    def company_default(self, field: Field) -> Any:
        """The fallback of a company-dependent field for the current company, None without one."""
        memo = self.transaction.memo
        key = ("company default", field, self.company.id)
        if key not in memo:
            memo[key] = self["ir.default"].sudo()._company_default(field)
        return memo[key]

    def flush(self, names: Collection[str] | None = None, models: Collection[str] | None = None) -> None:
        """Compute what is pending and write what is not yet written.

        While a value is being computed, only pending fields with one of `names` (of one of `models`) are computed:
        others may follow the value that is not there yet.
        """
        transaction = self.transaction
        if not transaction.computing or names is None:
            while transaction.pending:
                self._flush_field(next(iter(transaction.pending)))
        else:
            named = [field for field in transaction.pending if field.name in names]
            for field in named:
                if models is None or field.model_name in models:
                    self._flush_field(field)
        self.write_dirty()

    def complete(self) -> None:
        """Do what is left to be done at the end of the transaction: nothing that is read then changes any more."""
        self.flush()
        while waiting := self.transaction.before_commit:
            waiting.pop(next(iter(waiting)))()
            self.flush()

    def _flush_field(self, field: Field) -> None:
        self(su=True, context=_computing(self.context))[field.model_name]._recompute(field)

    def write_dirty(self) -> None:
        """Send computed values that wait in memory to the database."""
        transaction = self.transaction
        while transaction.dirty:
            name, rows = transaction.dirty.popitem()
            self[name]._write_rows(rows)


def _computing(context: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values do not depend on `active_test` of whoever triggers them."""
    return {key: value for key, value in context.items() if key != "active_test" and not key.startswith("default_")}
