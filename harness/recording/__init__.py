"""Recordings of the user's own Odoo: made of cases without expectations, or of what a client does."""

from __future__ import annotations

from fauxdoo.harness.recording.recorder import Recorder, RecordingFailed, alike
from fauxdoo.harness.recording.redaction import PERSONAL, Redaction
from fauxdoo.harness.recording.writing import write_cases

__all__ = ["PERSONAL", "Recorder", "RecordingFailed", "Redaction", "alike", "write_cases"]
