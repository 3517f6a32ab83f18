"""The family of layouts: one per model, and a plain one for every other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from fauxdoo.mockserver.reports.document import Document
from fauxdoo.mockserver.reports.words import address

__all__ = ["Layout", "footer", "sender"]


class Layout(ABC):
    """Makes documents of records. A subclass registers itself for the model that is its `key`, "" for all others."""

    key: ClassVar[str] = ""
    members: ClassVar[dict[str, type[Layout]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = Layout.members.get(cls.key)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"layout {cls.key!r} is defined twice: by {known!r} and {cls!r}")
        Layout.members[cls.key] = cls

    @classmethod
    def of(cls, model: str) -> Layout:
        """The layout for a model's records."""
        return cls.members.get(model, cls.members[""])()

    @abstractmethod
    def document(self, record: Any, report: Any) -> Document:
        """What stands on `report` (a record of ir.actions.report) for one record, as the record's user may read it."""


def sender(record: Any) -> tuple[str, ...]:
    """The company that a record belongs to, else the user's; anybody may know it."""
    return address(_company(record).partner_id)


def footer(record: Any) -> str:
    """How to reach the company."""
    company = _company(record)
    return "  ".join(text for text in (company.phone, company.email, company.website) if text)


def _company(record: Any) -> Any:
    own = record.company_id if "company_id" in record._fields else None
    return (own or record.env.company).sudo()
