"""Reading: values of many records at once, in the form clients get."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from typing import Any

from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.searching import Searching

__all__ = ["Reading", "Rows", "form_of"]


class Rows(list[dict[str, Any]]):
    """What `read` answers: plain values already, which nobody needs to look through again."""

    __slots__ = ()


class Reading(Searching):
    """`read`, `search_read`, and the names many2one fields show."""

    __slots__ = ()

    def read(self, fields: Iterable[str] | None = None, load: str | None = "_classic_read") -> list[dict[str, Any]]:
        """A dictionary per record that exists, in the order asked for; many2one as (id, name) unless `load` is another.

        Raises ValueError for an unknown field and AccessError where the user may not read one of the records.
        """
        wanted = self._readable(fields)
        if not self._ids:
            return []
        if not self.env.su:
            self.env.access.check(self, "read")
        if len(wanted) == 1 and wanted[0].name == "id":
            return [{"id": id} for id in self._ids]  # even of records that do not exist, recorded in search/
        self.env.flush()
        return self._read_columns(wanted, load == "_classic_read")

    def search_read(
        self,
        domain: Any = None,
        fields: Iterable[str] | None = None,
        offset: Any = 0,
        limit: Any = None,
        order: str | None = None,
        **read_kwargs: Any,
    ) -> list[dict[str, Any]]:
        """Search and read in one call; lines of x2many fields are read without `active_test` (Odoo 19)."""
        wanted = self._readable(fields)
        query = self._search(domain or [], offset, limit, order)
        rows = self._run_query(self._selecting(query, form_of(wanted).held))
        records = self._spawn(row[0] for row in rows)
        if "active_test" in self.env.context:
            context = {key: value for key, value in self.env.context.items() if key != "active_test"}
            records = records.with_context(context)
        for name in read_kwargs.keys() - {"load"}:
            raise TypeError(f"BaseModel._read_format() got an unexpected keyword argument {name!r}")
        classic = read_kwargs.get("load", "_classic_read") == "_classic_read"
        return records._as_read(wanted, rows, classic)

    def _readable(self, names: Iterable[str] | None) -> tuple[Field, ...]:
        """The fields to read: those asked for, else all the user may see."""
        allowed = self.env.access.field_allowed
        if not names:
            fields = self._fields.values()
            return tuple(f for f in fields if not f.groups or self.env.su or allowed(self, f))
        wanted = tuple([self._field(name) for name in dict.fromkeys(names)])
        for field in wanted:
            if field.groups and not self.env.su and not allowed(self, field):
                raise self.env.access.field_denial(self, field, "read")
        return wanted

    def _field(self, name: str) -> Field:
        try:
            return self._fields[name]
        except KeyError:
            raise ValueError(f"Invalid field {name!r} on {self._name!r}") from None

    _description: str = ""

    def _read_columns(self, fields: tuple[Field, ...], names: bool) -> list[dict[str, Any]]:
        """The records that exist, in order; raises where a rule forbids to read one of them."""
        env, ids = self.env, self._ids
        env.check_lang()
        self._ensure_table()
        held = form_of(fields).held
        rules = None if env.su else env.access.rule_domain(self, "read")
        by_id = {row[0]: row for row in self._rows(held, ids, rules)}
        if not env.su:
            self._check_readable(by_id)
        if len(by_id) == len(ids) and all(map(by_id.__contains__, ids)):
            return self._as_read(fields, [by_id[id] for id in ids], names)
        nothing = [None] * len(held)
        found = [by_id.get(id) or (id, *nothing) for id in ids if id in by_id or not id]
        return self._spawn([row[0] for row in found])._as_read(fields, found, names)

    def _check_readable(self, found: Collection[Any]) -> None:
        """Let the policy say why records were not found, or that more than rules keeps them from the user."""
        if self._keeps_from_user():
            suspects = self
        elif len(found) == len(self._ids):
            return
        else:
            suspects = self._spawn(id for id in self._ids if id and id not in found)
        if suspects and (existing := suspects.exists()):
            self.env.access.check_rules(existing, "read")

    def _as_read(self, fields: tuple[Field, ...], rows: list[tuple[Any, ...]], names: bool) -> list[dict[str, Any]]:
        """What `read` answers, from rows of (id, column values…) of these records."""
        form = form_of(fields)
        if form.is_plain or not rows:
            return Rows(starmap(form.row, rows))
        by_column = iter(zip(*rows, strict=True))
        columns: list[Iterable[Any]] = [next(by_column)]
        for field in fields:
            if _is_read_from_column(field):
                columns.append(self._column_values_read(field, next(by_column), names))
            elif field.name != "id":
                columns.append(self._other_values_read(field, names))
        return Rows(starmap(form.row, zip(*columns, strict=True)))

    def _column_values_read(self, field: Field, raw: Sequence[Any], names: bool) -> Sequence[Any]:
        if field.type == "many2one":
            return self._many2one_values_read(field, raw, names)
        if _is_plain(field):
            return raw
        from_column, to_read = field.from_column, field.to_read
        if field.type == "properties":
            return [to_read(from_column(value), record) for value, record in zip(raw, self, strict=True)]
        return [to_read(None if value is None else from_column(value), self) for value in raw]

    def _many2one_values_read(self, field: Field, ids: Sequence[Any], names: bool) -> list[Any]:
        if not names:
            return [id or False for id in ids]
        comodel = self.env[field.comodel_name].sudo()
        shown = comodel.browse(dict.fromkeys(id for id in ids if id))._display_names()
        return [(id, shown[id]) if id in shown else False for id in ids]

    def _other_values_read(self, field: Field, names: bool) -> list[Any]:
        values = [field.cached(record) for record in self]
        if field.type == "many2one":
            return self._many2one_values_read(field, values, names)
        return [field.to_read(value, record) for value, record in zip(values, self, strict=True)]

    def _display_names(self) -> dict[int, str]:
        """Display names by id; ids that do not exist are left out."""
        field = self._fields["display_name"]
        bucket = self.env.bucket(field)
        missing = [id for id in self._ids if id not in bucket]
        if missing:
            self._spawn(missing)._name_in(bucket)
        return {id: bucket[id] or "" for id in self._ids if id in bucket}

    def _name_in(self, bucket: dict[Any, str]) -> None:
        """Bring the display names of those of these records that exist into the cache."""
        shown, name = self._fields["display_name"], self._fields.get(self._rec_name or "")
        if name is None or not _is_read_from_column(name) or not all(type(id) is int for id in self._ids):
            records = self.exists()
        else:
            self._fetch([name])
            values = self.env.bucket(name)
            if name.type == "char" and getattr(type(self), shown.compute or "") is Reading._compute_display_name:
                bucket.update((id, values[id] or "") for id in self._ids if id in values)
                return
            records = self._spawn(id for id in self._ids if id in values)
        if records:
            records._compute(shown)

    def _compute_display_name(self) -> None:
        """The value of the naming field, as text; without one `model,id`."""
        name = self._rec_name
        for record in self:
            if name:
                value = record[name]
                shown = value.display_name if hasattr(value, "_ids") else value
                record["display_name"] = str(shown) if shown is not False and shown is not None else ""
            else:
                record["display_name"] = f"{record._name},{record.id}"


def _is_read_from_column(field: Field) -> bool:
    return field.is_column and field.name != "id"


@dataclass(frozen=True, slots=True)
class _Form:
    """How fields are read: `held` by columns, and the function that makes a dictionary of an id and their values."""

    held: tuple[Field, ...]
    is_plain: bool
    """Whether nothing else is to be done to the values of the columns."""
    row: Callable[..., dict[str, Any]]


@lru_cache(maxsize=1000)
def form_of(fields: tuple[Field, ...]) -> _Form:
    """How these fields are read."""
    given = [field for field in fields if field.name != "id"]
    held = tuple(field for field in given if field.is_column)
    return _Form(held, all(_is_plain(field) for field in given), _row_of(given))


def _row_of(fields: Sequence[Field]) -> Callable[..., dict[str, Any]]:
    """A function that makes a dictionary of an id and values of these fields.

    It is compiled, as those of `namedtuple` are: literal keys take a quarter of the time of `dict(zip())`.
    """
    values = ["id", *(f"value{number}" for number in range(len(fields)))]
    items = ["'id': id"]
    for field, value in zip(fields, values[1:], strict=True):
        items.append(f"{field.name!r}: {f'False if {value} is None else {value}' if _is_plain(field) else value}")
    row: Callable[..., dict[str, Any]] = eval(f"lambda {', '.join(values)}: {{{', '.join(items)}}}")
    return row


def _is_plain(field: Field) -> bool:
    """Whether clients get what the column holds, and False where it holds nothing."""
    kind: Any = type(field)
    untouched = kind.from_column is Field.from_column and kind.to_read is Field.to_read
    return field.is_column and field.type != "many2one" and bool(untouched)
