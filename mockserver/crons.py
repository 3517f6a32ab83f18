"""The scheduler: runs the scheduled actions of a database whose time has come."""

from __future__ import annotations

from dataclasses import dataclass

from fauxdoo.mockserver.databases import Database

__all__ = ["Job", "run_due"]


@dataclass(frozen=True, slots=True)
class Job:
    """A scheduled action that ran."""

    id: int
    name: str
    error: str
    """What went wrong, "" for nothing; Odoo writes it to its log."""


def run_due(database: Database) -> list[Job]:
    """Run all that are due, each once and in a transaction of its own, the most urgent first."""
    with database.transaction(su=True) as env:
        due = [*env["ir.cron"]._due()._ids]
    return [job for job in (_run(database, id) for id in due) if job is not None]


def _run(database: Database, id: int) -> Job | None:
    with database.transaction(su=True) as env:
        cron = env["ir.cron"].browse(id).exists()  # one that ran before may have deleted it
        return Job(id, cron.cron_name or "", cron._process()) if cron else None
