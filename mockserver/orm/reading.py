"""Reading: values of many records at once, in the form clients get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.fields.base import Field
from fauxdoo.mockserver.orm.searching import Searching

__all__ = ["Reading"]


class Reading(Searching):
    """`read`, `search_read`, and the names many2one fields show."""

    __slots__ = ()

    def read(self, fields: Iterable[str] | None = None, load: str | None = "_classic_read") -> list[dict[str, Any]]:
        """A dictionary per record that exists, in the order asked for; many2one as (id, name) unless `load` is another.

        Raises ValueError for an unknown field and AccessError where the user may not read one of the records.
        """
        names = self._readable(fields)
        if not self._ids:
            return []
        if not self.env.su:
            self.env.access.check(self, "read")
        if names == ["id"]:
            return [{"id": id} for id in self._ids]  # even of records that do not exist, recorded in search/
        self.env.flush()
        return self._read_columns([self._fields[name] for name in names], load == "_classic_read")

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
        names = self._readable(fields)
        records = self.search(domain or [], offset, limit, order)
        if "active_test" in self.env.context:
            context = {key: value for key, value in self.env.context.items() if key != "active_test"}
            records = records.with_context(context)
        classic = read_kwargs.get("load", "_classic_read") == "_classic_read"
        if not records:
            return []
        return records._read_columns([self._fields[name] for name in names], classic, checked=True)

    def _readable(self, names: Iterable[str] | None) -> list[str]:
        """Names of the fields to read: those asked for, else all the user may see."""
        allowed = self.env.access.field_allowed
        if not names:
            fields = self._fields.values()
            return [f.name for f in fields if not f.groups or self.env.su or allowed(self, f)]
        wanted = list(dict.fromkeys(names))
        for name in wanted:
            field = self._fields.get(name)
            if field is None:
                raise ValueError(f"Invalid field {name!r} on {self._name!r}")
            if field.groups and not self.env.su and not allowed(self, field):
                raise self.env.access.field_denial(self, field, "read")
        return wanted

    _description: str = ""

    def _read_columns(self, fields: list[Field], names: bool, checked: bool = False) -> list[dict[str, Any]]:
        self.env.check_lang()
        columns = [field for field in fields if field.is_column and field.name != "id"]
        self._ensure_table()
        rows = {row[0]: row for row in self._rows(columns, self._ids)}
        present = self._spawn(id for id in self._ids if id in rows or not id)
        if not checked and not self.env.su and rows:
            self.env.access.check_rules(present, "read")
        if not present:
            return []
        readers = {field.name: self._reader(field, present, rows, columns, names) for field in fields}
        readers.pop("id", None)
        return [{"id": id, **{name: read(id) for name, read in readers.items()}} for id in present._ids]

    def _reader(
        self,
        field: Field,
        records: Any,
        rows: Mapping[int, tuple[Any, ...]],
        columns: list[Field],
        names: bool,
    ) -> Callable[[int], Any]:
        """A function from an id to what `read` answers for one field."""
        if field not in columns:
            return self._computed_reader(field, records, names)
        position = columns.index(field) + 1
        from_column, to_read = field.from_column, field.to_read
        values = {id: None if (raw := row[position]) is None else from_column(raw) for id, row in rows.items()}
        if field.type == "many2one":
            return self._many2one_reader(field, values, names)
        return lambda id: to_read(values.get(id), self)

    def _many2one_reader(self, field: Any, values: Mapping[int, Any], names: bool) -> Callable[[int], Any]:
        if not names:
            return lambda id: values.get(id) or False
        comodel = self.env[field.comodel_name].sudo()
        shown = comodel.browse(dict.fromkeys(v for v in values.values() if v))._display_names()
        return lambda id: (value, shown[value]) if (value := values.get(id)) in shown else False

    def _computed_reader(self, field: Field, records: Any, names: bool) -> Callable[[int], Any]:
        if field.type == "many2one":
            values = {record._ids[0]: field.cached(record) for record in records}
            return self._many2one_reader(field, values, names)

        def read(id: int) -> Any:
            record = records._spawn((id,), records._ids)
            try:
                return field.to_read(field.cached(record), record)
            except AccessError as error:
                if not field.is_x2many:
                    raise
                raise AccessError(f"Failed to read field {field!r}\n{error}") from error

        return read

    def _display_names(self) -> dict[int, str]:
        """Display names by id; ids that do not exist are left out."""
        field = self._fields["display_name"]
        bucket = self.env.bucket(field)
        missing = [id for id in self._ids if id not in bucket]
        if missing:
            records = self._spawn(missing).exists()
            if records:
                records._compute(field)
        return {id: bucket[id] or "" for id in self._ids if id in bucket}

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
