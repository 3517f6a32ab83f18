"""What one2many and many2many fields share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.commands import Command, parse
from fauxdoo.mockserver.orm.fields.relational import Relational, target_of
from fauxdoo.mockserver.orm.new_id import NewId

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment
    from fauxdoo.mockserver.orm.recordset import Recordset

__all__ = ["X2many"]


class X2many(Relational):
    """What one2many and many2many share: a cached tuple of ids, changed by commands."""

    is_x2many = True
    empty = ()

    def to_cache(self, value: Any, record: Recordset) -> Any:
        """Ids after applying commands to the record's present value (used for records that are not saved)."""
        if hasattr(value, "_ids"):
            return self.as_draft(value._ids, record)
        present = [] if value is False or value is None else list(self._present(record))
        comodel = self.comodel(record.env)
        for command, id, payload in parse(self, value):
            if command is Command.CREATE:
                present.append(comodel.new({**payload, **self._to_draft(record)}, ref=id)._ids[0])
            elif command is Command.UPDATE:
                self._update_draft(record, present, id, payload)
            elif command is Command.LINK:
                present += self.as_draft([id], record)
            elif command in (Command.DELETE, Command.UNLINK):
                present = [entry for entry in present if entry != id and getattr(entry, "origin", None) != id]
            else:
                present = list(self.as_draft(payload, record)) if command is Command.SET else []
        return tuple(dict.fromkeys(present))

    def _update_draft(self, record: Recordset, present: list[Any], id: Any, payload: Mapping[str, Any]) -> None:
        """Change the line in memory that stands for a saved one, which is made where there is none yet."""
        comodel = self.comodel(record.env)
        for position, entry in enumerate(present):
            if id in (entry, getattr(entry, "origin", None)):
                if not isinstance(entry, NewId):
                    present[position] = comodel.new(self._to_draft(record), origin=entry)._ids[0]
                comodel.browse(present[position])._set_draft(payload, validate=True)
                return

    def _to_draft(self, record: Recordset) -> dict[str, Any]:
        """What ties a line in memory to its parent in memory."""
        return {}

    def as_draft(self, ids: Iterable[Any], record: Recordset) -> tuple[Any, ...]:
        """Ids as the cache of this record has them."""
        return tuple(dict.fromkeys(ids))

    def cached(self, record: Recordset) -> Any:
        """The ids; the error of a comodel the user may not read names the field (recorded in access/)."""
        try:
            return super().cached(record)
        except AccessError as error:
            raise AccessError(f"Failed to read field {self!r}\n{error}") from error

    def _present(self, record: Recordset) -> tuple[Any, ...]:
        if record._ids and isinstance(record._ids[0], NewId) and record._ids[0].origin is not None:
            known: tuple[Any, ...] = self.cached(record)
            return known
        ids: tuple[Any, ...] = self.bucket(record).get(record._ids[0], ()) if record._ids else ()
        return ids

    def to_record(self, value: Any, record: Recordset) -> Any:
        return self.comodel(record.env)._spawn(value, value)

    def to_read(self, value: Any, record: Recordset) -> Any:
        return [id.origin or 0 if isinstance(id, NewId) else id for id in value]

    def to_write(self, value: Any, record: Recordset) -> Any:
        return [Command.set(self.to_read(value, record))]

    def assign(self, record: Recordset, value: Any) -> None:
        """Set a computed value; links of a stored field go to the database at once."""
        id = record._ids[0]
        bucket = self.bucket(record)
        if self.store and not isinstance(id, NewId) and isinstance(value, (list, tuple)):
            self.write_commands(record, value)
            record._assigned(self)
            return
        ids = self.to_cache(value, record)
        if isinstance(id, NewId):
            bucket[id] = ids
            record._new_value_set(self)
        elif self.store:
            if set(self.cached_without_compute(record)) != set(ids):
                self.write_commands(record, [Command.set(ids)])
                record._assigned(self)
            bucket[id] = ids
        else:
            bucket[id] = ids

    def cached_without_compute(self, record: Recordset) -> tuple[Any, ...]:
        """The stored links, whether or not a recomputation is pending."""
        bucket = record.env.bucket(self)
        if record._ids[0] not in bucket:
            self.load(record.browse(record._ids[0]))
        ids: tuple[Any, ...] = bucket.get(record._ids[0], ())
        return ids

    def load(self, records: Recordset) -> None:
        """Put the ids of saved records into the cache."""
        raise NotImplementedError

    def write_commands(self, records: Recordset, value: Any, creating: bool = False) -> None:
        """Carry out commands on saved records."""
        raise NotImplementedError

    def _active_test(self, env: Environment) -> bool:
        return bool(self.context.get("active_test", env.context.get("active_test", True)))

    def _lines(self, env: Environment) -> Any:
        """The comodel in the context the field's lines are searched in."""
        context = {**env.context, **self.context} if self.context else env.context
        return env(context=context)[self.comodel_name]

    def describe(self, env: Environment) -> dict[str, Any]:
        return {**target_of(self, env), "context": self.context, "domain": self.domain}
