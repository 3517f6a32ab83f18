"""Cells of an import: from a text to the value a field takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

__all__ = ["CellError", "value_of"]

_TRUE, _FALSE = {"1", "true", "yes"}, {"", "0", "false", "no"}


class CellError(Exception):
    """A cell that does not fit; `details` goes into the message `load` answers."""

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details = details


def value_of(model: Any, name: str, below: list[str], cell: Any) -> Any:
    """What `create` and `write` take for a field; raises CellError where the text does not say it.

    `below` is the rest of the column's path: `id` and `.id` say how a related record is named.
    """
    field = model._fields[name]
    if field.is_relational:
        return _related(model, field, below, cell)
    if cell is None or cell is False or cell == "":
        return field.type == "boolean" and False
    try:
        return _PLAIN.get(field.type, _text)(model, field, cell)
    except (ValueError, TypeError):
        what, info = _NOUNS[field.type]
        message = f"'{cell}' does not seem to be {what} for field '{field.string}'"
        raise CellError(message, field_name=field.string, **info) from None


def _text(model: Any, field: Any, cell: Any) -> Any:
    return cell


def _boolean(model: Any, field: Any, cell: Any) -> bool:
    text = str(cell).strip().lower()
    if text not in _TRUE | _FALSE:
        message = f"Unknown value '{cell}' for boolean field '{field.string}'"
        raise CellError(message, field_name=field.string, moreinfo="Use '1' for yes and '0' for no")
    return text in _TRUE


def _day(model: Any, field: Any, cell: Any) -> str:
    return date.fromisoformat(str(cell)[:10]).isoformat()


def _moment(model: Any, field: Any, cell: Any) -> str:
    return datetime.fromisoformat(str(cell)).strftime("%Y-%m-%d %H:%M:%S")


def _selected(model: Any, field: Any, cell: Any) -> str:
    pairs = field.describe(model.env)["selection"]
    for value, label in pairs:
        if str(cell).lower() in (str(value).lower(), str(label).lower()):
            return str(value)
    message = f"Value '{cell}' not found in selection field '{field.string}'"
    raise CellError(message, field_name=field.string, moreinfo=[label for _value, label in pairs])


_PLAIN: dict[str, Any] = {
    "integer": lambda model, field, cell: int(cell),
    "float": lambda model, field, cell: float(cell),
    "monetary": lambda model, field, cell: float(cell),
    "boolean": _boolean,
    "date": _day,
    "datetime": _moment,
    "selection": _selected,
}
_NOUNS: dict[str, tuple[str, dict[str, str]]] = {
    "integer": ("an integer", {}),
    "float": ("a number", {}),
    "monetary": ("a number", {}),
    "date": ("a valid date", {"moreinfo": "Use the format '2012-12-31'"}),
    "datetime": ("a valid datetime", {"moreinfo": "Use the format '2012-12-31 23:59:59'"}),
}


def _related(model: Any, field: Any, below: list[str], cell: Any) -> Any:
    """An id, or the command that sets the records named in a cell, with commas between them."""
    if below and below[0] not in ("id", ".id"):
        raise CellError("Can not create Many-To-One records indirectly, import the field separately")
    kind = below[0] if below else ""
    if field.type == "many2one":
        return _record_id(model, field, kind, cell) if cell not in ("", None, False) else False
    texts = str(cell).split(",") if cell not in ("", None, False) else []
    return [(6, 0, [_record_id(model, field, kind, text) for text in texts])]


def _record_id(model: Any, field: Any, kind: str, cell: Any) -> int:
    comodel = model.env[field.comodel_name]
    if kind == ".id":
        found, named = _by_id(comodel, field, cell), "database id"
    elif kind == "id":
        found, named = _by_xmlid(comodel, str(cell)), "external id"
    else:
        found, named = _by_name(model, comodel, field, cell), "name"
    if not found:
        message = f"No matching record found for {named} '{cell}' in field '{field.string}'"
        raise CellError(message, moreinfo=_choices(comodel, kind), field_name=field.string)
    return found


def _by_id(comodel: Any, field: Any, cell: Any) -> int:
    try:
        id = int(cell)
    except ValueError:
        message = f"Invalid database id '{cell}' for the field '{field.string}'"
        raise CellError(message, moreinfo=_choices(comodel, ".id"), field_name=field.string) from None
    return id if comodel.browse(id).exists() else 0


def _by_xmlid(comodel: Any, xmlid: str) -> int:
    full = xmlid if "." in xmlid else f"__import__.{xmlid}"
    record = comodel.env.ref(full, raise_if_not_found=False)
    return int(record.id) if record is not None and record._name == comodel._name and record.exists() else 0


def _by_name(model: Any, comodel: Any, field: Any, name: Any) -> int:
    """The first record of exactly this name, made where the context allows it for the field."""
    found = comodel.name_search(str(name), None, "=")
    if found:
        return int(found[0][0])
    allowed = model.env.context.get("name_create_enabled_fields") or {}
    return int(comodel.name_create(str(name))[0]) if allowed.get(field.name) else 0


def _choices(comodel: Any, kind: str) -> dict[str, Any]:
    """The action that lists what could have been meant."""
    action: dict[str, Any] = {
        "name": "Possible Values",
        "type": "ir.actions.act_window",
        "target": "new",
        "view_mode": "list,form",
        "views": [[False, "list"], [False, "form"]],
        "context": {"create": False},
        "help": "See all possible values",
        "res_model": "ir.model.data" if kind else comodel._name,
    }
    return {**action, "domain": [["model", "=", comodel._name]]} if kind else action
