"""The environment of a recordset: transaction, user, context; and what a transaction remembers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.errors import AccessError, UserError
from fauxdoo.mockserver.settings import Settings

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.recordset import Recordset
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Cursor, Store

__all__ = ["AccessPolicy", "Environment", "NewId", "Transaction"]

SUPERUSER = 1


class NewId:
    """The id of a record that is not saved: false, equal only to itself.

    `origin` is the saved record's id, `ref` what a client calls it.
    """

    __slots__ = ("origin", "ref", "stale")

    def __init__(self, origin: int | None = None, ref: Any = None) -> None:
        self.origin, self.ref = origin, ref
        self.stale: dict[Field, Any] = {}
        """Fields that follow something that was changed, to be computed rather than taken from the origin; with the
        value they had."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"NewId_{self.origin or hex(id(self))}"


class AccessPolicy:
    """What the ORM asks before it shows or changes records. This one keeps nobody from anything: it serves tests of
    the ORM alone; `mockserver.access` derives the real one."""

    def __init__(self) -> None:
        self.compiled: dict[int, tuple[Any, Any]] = {}
        """By the id of a rule's domain: that domain and its SQL, for the compiler to keep."""

    def check(self, model: Recordset, operation: str) -> None:
        """Raise AccessError where no access right of the user's groups allows the operation."""

    def allows(self, model: Recordset, operation: str) -> bool:
        """Whether an access right of the user's groups allows the operation."""
        return True

    def rule_domain(self, model: Recordset, operation: str) -> Any:
        """The domain of the record rules that bind the user, None without any."""
        return None

    def check_rules(self, records: Recordset, operation: str) -> None:
        """Raise AccessError where a record rule forbids the operation on one of the records."""

    def field_allowed(self, model: Recordset, field: Field) -> bool:
        """Whether the field's groups let the user see and set it."""
        return True

    def field_denial(self, model: Recordset, field: Field, operation: str) -> AccessError:
        """The error of a field whose groups the user is not in."""
        return AccessError(f'You do not have enough rights to access the field "{field.name}"')

    def in_group(self, env: Environment, uid: int, xmlid: str) -> bool:
        """Whether the user is in the group."""
        return True

    def in_groups(self, env: Environment, uid: int, spec: str) -> bool:
        """Whether the user is in one of the groups of "a.b,c.d,!e.f" and in none of those after an exclamation mark."""
        return True

    def groups_with_access(self, env: Environment, model: str, operation: str) -> list[str]:
        """Names ("Privilege/Group") of the groups with the right."""
        return []

    def changed(self, env: Environment, what: str = "users") -> None:
        """Forget what was known: in this transaction "acl", "rules", or "users", groups and companies have changed."""

    def reset(self) -> None:
        """Forget what was known, for all later transactions."""
        self.compiled.clear()


class Transaction:
    """What the environments of one database transaction share: cursor, cache, pending recomputation."""

    def __init__(
        self,
        registry: Registry,
        cursor: Cursor,
        clock: Clock,
        settings: Settings,
        store: Store,
        access: AccessPolicy | None = None,
    ) -> None:
        self.registry, self.cursor, self.clock, self.settings = registry, cursor, clock, settings
        self.store = store
        self.access = access or AccessPolicy()
        self.reserve = store.reserve_ids
        self._ensured: set[str] = set()
        self.now = clock.now()
        self.columns: defaultdict[tuple[Field, Any], dict[Any, Any]] = defaultdict(dict)
        """Cached values of columns, by (field, language or company), by id."""
        self.computed: defaultdict[tuple[Field, Any], dict[Any, Any]] = defaultdict(dict)
        """Cached values that are no columns, forgotten whenever something changes."""
        self.drafts: defaultdict[Field, dict[NewId, Any]] = defaultdict(dict)
        """Values of records that are not saved."""
        self.news: defaultdict[str, list[NewId]] = defaultdict(list)
        """Records that are not saved, by model."""
        self.pending: dict[Field, dict[Any, None]] = {}
        self.protected: defaultdict[Field, set[Any]] = defaultdict(set)
        self.dirty: defaultdict[str, defaultdict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
        self.computing = 0
        """How many recomputations are under way, one within the other."""
        self.assigned: defaultdict[tuple[str, str], dict[Any, None]] = defaultdict(dict)
        """Values assigned meanwhile whose followers are only known now: by (model, field), ids."""
        self.after_commit: list[Callable[[], None]] = []
        self.memo: dict[Any, Any] = {}
        """Answers kept for the transaction (company defaults, groups of a user); cleared with the cache."""

    def ensure(self, model: str) -> None:
        """Make sure the tables of a model exist, with the records a fresh database has."""
        if model in self._ensured:
            return
        self._ensured.add(model)
        for other in self.registry.link_models(model):
            self.ensure(other)
        present = self.store.tables
        missing = [table for table in self.registry.tables(model) if table.name not in present]
        if missing:
            self.store.ensure_tables(missing, self.registry.rows(model, missing))

    def invalidate(self) -> None:
        """Forget every cached value of saved records (pending and unwritten values first go to the database)."""
        self.columns.clear()
        self.forget_computed()
        self.memo.clear()

    def forget_computed(self) -> None:
        """Forget values that are not stored, as something they may follow has changed."""
        for (field, _key), bucket in self.computed.items():
            if not bucket:
                continue
            guarded = self.protected.get(field)
            if not guarded:
                bucket.clear()
            else:
                for id in [id for id in bucket if id not in guarded]:
                    del bucket[id]

    @contextmanager
    def protecting(self, fields: Iterable[Field], ids: Iterable[Any]) -> Iterator[None]:
        """Within the block, these fields of these records take assigned values and are not recomputed."""
        ids = list(ids)
        added = [(field, set(ids) - self.protected[field]) for field in fields]
        for field, new in added:
            self.protected[field] |= new
        try:
            yield
        finally:
            for field, new in added:
                self.protected[field] -= new


class Environment(Mapping[str, Any]):
    """`env[model]` is the model's empty recordset for a user, a context and a transaction."""

    __slots__ = ("_context_key", "_models", "context", "su", "transaction", "uid")

    def __init__(
        self, transaction: Transaction, uid: int, context: Mapping[str, Any] | None = None, su: bool = False
    ) -> None:
        self.transaction, self.uid = transaction, uid
        self.context: dict[str, Any] = dict(context or {})
        self.su = su or uid == SUPERUSER
        self._models: dict[str, Recordset] = {}
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
        try:
            return self._models[name]
        except KeyError:
            model = self._models[name] = self.registry[name](self, (), ())
            return model

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
    def lang(self) -> str | None:
        """Code of the language of texts, None for the source texts."""
        code = self.context.get("lang")
        if not code or code == "en_US":
            return None
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
