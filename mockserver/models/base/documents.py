"""Records that messages, activities and attachments belong to: who may use these may use them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Document", "closed_documents"]

Document = tuple[Any, Any]
"""Model and id of a record, as some other record names them: there need not be one."""


def closed_documents(env: Environment, documents: Iterable[Document], operation: str) -> set[Document]:
    """Those of the documents that do not exist, or on which the user may not carry out the operation."""
    ids: dict[Any, set[Any]] = {}
    for model, id in documents:
        ids.setdefault(model, set()).add(id)
    return {(model, id) for model, some in ids.items() for id in some - _open(env, model, some, operation)}


def _open(env: Environment, model: Any, ids: set[Any], operation: str) -> set[Any]:
    if model not in env or env[model]._abstract:
        return set()
    records = env[model].browse([id for id in ids if isinstance(id, int)]).exists()
    if not env.access.allows(records, operation):
        return set()
    return {*records.ids} - {*env.access.forbidden(records, operation).ids}
