"""The usage contract as a file: written, read back, joined, refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fauxdoo.harness.contract.usage import FieldUse, ModelUse, UnreadableUsage, Usage, rights_of


def _usage(protocol: str = "jsonrpc", method: str = "read", use: str = "read") -> Usage:
    usage = Usage()
    usage.protocols.add(protocol)
    field = FieldUse("selection", "", {use}, {"="}, {"draft"})
    usage.models["sale.order"] = ModelUse({method: {"AccessError"}}, {"read"}, {"state": field}, {"partner_id"})
    return usage


def test_round_trip(tmp_path: Path) -> None:
    """What is written is read back."""
    _usage().write(tmp_path / "usage.json")
    assert Usage.read(tmp_path / "usage.json").as_dict() == _usage().as_dict()


def test_merge() -> None:
    """Two runs use what either used."""
    usage = _usage()
    usage.merge(_usage("json2", "write", "write"))
    assert usage.protocols == {"jsonrpc", "json2"}
    assert usage.models["sale.order"].methods == {"read": {"AccessError"}, "write": {"AccessError"}}
    assert usage.models["sale.order"].fields["state"].uses == {"read", "write"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"usage": 99, "protocols": [], "models": {}}', '{"usage": 1}'])
def test_unreadable(tmp_path: Path, text: str) -> None:
    """What is no usage contract is refused with the file's name."""
    path = tmp_path / "usage.json"
    path.write_text(text)
    with pytest.raises(UnreadableUsage, match="usage.json"):
        Usage.read(path)


@pytest.mark.parametrize(
    ("method", "rights"),
    [
        ("search_read", {"read"}),
        ("create", {"create"}),
        ("copy", {"create", "read"}),
        ("load", {"create", "write"}),
        ("unlink", {"unlink"}),
        ("action_confirm", set()),
    ],
)
def test_rights(method: str, rights: set[str]) -> None:
    """Only rights that a method certainly needs."""
    assert rights_of(method) == rights
