"""Records that are not saved: made in memory for forms, computed anew when something they follow changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.new_id import NewId
from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["Drafting"]


class Drafting(Recordset):
    """New records and the values they have."""

    __slots__ = ()

    def new(self, values: Mapping[str, Any] | None = None, origin: Any = None, ref: Any = None) -> Self:
        """A record that lives in memory only, for onchange and defaults; `origin` is the saved record it stands for."""
        record = self._spawn((self._new_id(int(origin) if origin else None, ref),))
        record._set_draft(values or {})
        return record

    def _new_id(self, origin: int | None, ref: Any = None) -> NewId:
        id = NewId(origin, ref)
        self.env.transaction.news[self._name].append(id)
        return id

    def _set_draft(self, values: Mapping[str, Any], validate: bool = False) -> None:
        """Give this record values as a form sends them; `validate` lets what follows them be computed anew."""
        fields = [self._fields[name] for name in values if name in self._fields]
        fields.sort(key=lambda field: field.is_x2many)
        with self.env.transaction.protecting([] if validate else fields, self._ids):
            for field in fields:
                field.bucket(self)[self._ids[0]] = field.to_cache(values[field.name], self)
                self._ids[0].stale.pop(field, None)
        if validate:
            with self.env.transaction.protecting(fields, self._ids):  # what is given is not computed
                for field in fields:
                    self._new_value_set(field)

    def _load_new(self, field: Field) -> None:
        """The value of a record that is not saved: computed, else that of its origin, else the default."""
        id = self._ids[0]
        bucket = self.env.transaction.drafts[field]
        computes = not field.store or id.origin is None or field in id.stale
        if field.compute and computes:
            self._compute_draft(field)
        elif field.related and computes:
            id.stale.pop(field, None)
            self._follow(field)
        elif id.origin is not None:
            value = field.cached(self._spawn((id.origin,)))
            bucket[id] = field.as_draft(value, self)
        else:
            bucket[id] = field.empty
            default = self.default_get([field.name])
            if field.name in default:
                bucket[id] = field.to_cache(default[field.name], self)

    def _compute_draft(self, field: Field) -> None:
        """Compute a field; the method sees the values its fields had before."""
        id = self._ids[0]
        for each in self._computed_with(field):
            bucket = self.env.transaction.drafts[each]
            if each in id.stale or each is field:
                bucket.setdefault(id, self._value_before(each))
            id.stale.pop(each, None)
        self._compute(field)

    def _value_before(self, field: Field) -> Any:
        """The value a stale field had; that of the origin where it was never read."""
        id = self._ids[0]
        known = id.stale.get(field)
        if known is not None or id.origin is None or not field.store:
            return field.empty if known is None else known
        value = field.cached(self._spawn((id.origin,)))
        return field.as_draft(value, self)

    def _new_value_set(self, field: Field) -> None:
        """A field of a record that is not saved was set: what follows it is computed anew when read."""
        transaction = self.env.transaction
        id = self._ids[0]
        id.stale.pop(field, None)
        for trigger in self.env.registry.triggers.of(self._name, field.name):
            followers = [id] if not trigger.path else transaction.news.get(trigger.model, ())
            guarded = transaction.protected.get(trigger.field, ())
            for follower in followers:
                if follower not in guarded and self._is_reached(trigger.model, follower, trigger.path):
                    old = transaction.drafts[trigger.field].pop(follower, None)
                    follower.stale[trigger.field] = old if old is not None else follower.stale.get(trigger.field)

    def _is_reached(self, model: str, id: NewId, path: tuple[str, ...]) -> bool:
        """Whether a path from another new record leads to this one, as far as its links are known."""
        found: set[Any] = {id}
        current = self.env[model]
        for name in path:
            field = current._fields[name]
            links = self.env.transaction.drafts[field]
            values = [links[each] for each in found if each in links]
            found = set()
            for value in values:
                found.update(value if isinstance(value, tuple) else (value,))
            current = self.env[field.comodel_name]
        return self._ids[0] in found
