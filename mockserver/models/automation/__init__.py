"""Automation rules: server actions that run when records change, and the webhooks of a real Odoo."""

from fauxdoo.mockserver.models.automation import base, base_automation, ir_actions_server, payloads

__all__ = ["base", "base_automation", "ir_actions_server", "payloads"]
