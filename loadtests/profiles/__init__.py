"""What integrations do all day, a file per profile; each is a locustfile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["PROFILES", "locustfile"]

PROFILES: Mapping[str, str] = {
    "catalogue-reader": "a shop that reads products by pages, over JSON-2, JSON-RPC, XML-RPC and REST",
    "order-importer": "a marketplace that looks for its orders and makes the missing ones in batches",
    "stock-poller": "a warehouse that asks every second what is in stock",
    "mobile-app": "people who log in, look at leads and tasks, and write notes",
    "bi-export": "a report that reads all contacts by pages of 1000",
    "webhook-storm": "events that come in all at once at /web/hook/<uuid>",
    "mixed-day": "all of these, as a working day has them",
}


def locustfile(profile: str) -> Path:
    """The file of a profile. Raises KeyError for an unknown one."""
    if profile not in PROFILES:
        raise KeyError(profile)
    return Path(__file__).parent / f"{profile.replace('-', '_')}.py"
