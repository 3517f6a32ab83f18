"""Files of seeds, JSON or YAML: `{model: {name: {field: value}}}`; the file's name is the module of the xmlids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

__all__ = ["Seed", "SeedError", "read_seeds", "seeds_of"]

_YAML = (".yaml", ".yml")


class SeedError(ValueError):
    """A seed cannot be planted; the message says where the fault is: file, xmlid, field."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One record to be."""

    source: str
    """The file, or what else it comes from."""
    model: str
    xmlid: str
    """With its module: `shop.order_1`."""
    values: Mapping[str, Any]

    @property
    def module(self) -> str:
        """What xmlids without a dot belong to."""
        return module_of(self.source)

    def error(self, message: str, field: str = "") -> SeedError:
        """The error that names this seed, and a field of it."""
        return SeedError(f"{self.source}: {self.xmlid} ({self.model}){field and f', field {field}'}: {message}")


def module_of(path: str | Path) -> str:
    """The module that the xmlids of a file belong to: its name without folder and suffix."""
    return Path(path).stem.replace(".", "_")


def read_seeds(path: str | Path) -> list[Seed]:
    """The records a file describes, in its order. Raises SeedError, also where the file is missing."""
    return seeds_of(_content(Path(path)), str(path))


def seeds_of(content: Any, source: str) -> list[Seed]:
    """The records that a file with this content would describe; `source` stands for its path."""
    if not isinstance(content, Mapping):
        raise SeedError(f"{source}: a mapping of models is expected, not {_kind(content)}")
    return [seed for model, records in content.items() for seed in _of_model(source, model, records)]


def _of_model(source: str, model: Any, records: Any) -> list[Seed]:
    if not isinstance(records, Mapping):
        raise SeedError(f"{source}: {model}: a mapping of xmlids is expected, not {_kind(records)}")
    module, seeds = module_of(source), []
    for name, values in records.items():
        xmlid = name if "." in str(name) else f"{module}.{name}"
        if not isinstance(values, Mapping):
            raise SeedError(f"{source}: {xmlid} ({model}): a mapping of fields is expected, not {_kind(values)}")
        seeds.append(Seed(source, str(model), xmlid, _plain(values)))
    return seeds


def _content(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise SeedError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    read = _read_yaml if path.suffix.lower() in _YAML else _read_json
    try:
        return read(text)
    except (ValueError, RecursionError) as error:
        raise SeedError(f"{path}: {error}") from None


def _read_json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_without_duplicates)


def _without_duplicates(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands there twice")
        found[key] = value
    return found


def _read_yaml(text: str) -> Any:
    try:
        import yaml
    except ImportError:
        raise SeedError("YAML needs PyYAML: pip install 'fauxdoo[yaml]' (JSON works without it)") from None

    class Loader(yaml.SafeLoader):
        """Refuses a key that stands in a mapping twice."""

    def mapping(loader: Loader, node: yaml.MappingNode) -> dict[Any, Any]:
        own = [key.value for key, _value in node.value if key.tag != "tag:yaml.org,2002:merge"]
        _without_duplicates([(key, None) for key in own])
        loader.flatten_mapping(node)
        return loader.construct_mapping(node, deep=True)

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, TypeError) as error:
        raise ValueError(" ".join(str(error).split())) from None


def _plain(value: Any) -> Any:
    """Dates of YAML as Odoo writes them."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _kind(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__
