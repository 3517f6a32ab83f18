"""Meetings."""

from fauxdoo.mockserver.models.calendar import calendar_event

__all__ = ["calendar_event"]
