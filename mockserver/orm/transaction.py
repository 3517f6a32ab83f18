"""What the environments of one database transaction share: cursor, cache, pending recomputation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.orm.new_id import NewId
from fauxdoo.mockserver.orm.policy import AccessPolicy
from fauxdoo.mockserver.settings import Settings

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.fields.base import Field
    from fauxdoo.mockserver.orm.registry import Registry
    from fauxdoo.mockserver.stores.base import Cursor, Store

__all__ = ["Transaction"]


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
        self.overtakes = False
        """Whether it changes what processes remember: users, rights, companies, models and fields."""
        self.before_commit: dict[str, Callable[[], None]] = {}
        """What is still to be done in this transaction when everything else is, by whoever wants it; may add to it."""
        self.after_commit: list[Callable[[], None]] = []
        self.rights: Any = None
        """What the access policy knows in this transaction alone, which changes it for others once it is committed."""
        self.memo: dict[Any, Any] = {}
        """Answers kept for the transaction (company defaults, groups of a user); cleared with the cache."""

    def ensure(self, model: str) -> None:
        """Make sure the tables of a model exist, with the records a fresh database has."""
        if model in self._ensured or self.registry.complete_in.get(model) is self.store.tables:
            return
        self._ensured.add(model)
        for other in self.registry.link_models(model):
            self.ensure(other)
        present = self.store.tables
        missing = [table for table in self.registry.tables(model) if table.name not in present]
        if missing:
            self.store.ensure_tables(missing, self.registry.rows(model, missing))
        else:
            self.registry.complete_in[model] = present

    def forget_tables(self) -> None:
        """Look again which tables models need: users have added fields."""
        self._ensured.clear()

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
