"""Services that make projects and tasks when their order is confirmed."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import api, models

__all__ = ["SaleOrderLineService", "SaleOrderService"]


class SaleOrderService(models.Model):
    """An order knows the projects and tasks that were made for it."""

    _inherit = "sale.order"

    @api.compute("tasks_ids", "tasks_count")
    def _compute_tasks_ids(self) -> None:
        for order in self:
            tasks = self.env["project.task"].sudo().search([("sale_order_id", "in", order.ids)])
            order.tasks_ids, order.tasks_count = tasks, len(tasks)

    @api.compute("project_ids", "project_count")
    def _compute_project_ids(self) -> None:
        for order in self:
            projects = order.sudo().order_line.project_id | order.sudo().project_id | order.sudo().tasks_ids.project_id
            order.project_ids, order.project_count = projects, len(projects)

    def _action_confirm(self) -> None:
        super()._action_confirm()
        for line in self.sudo().order_line:
            line._make_service()


class SaleOrderLineService(models.Model):
    """`service_tracking` of the product says what a confirmed line makes (recording project/service-creates-task)."""

    _inherit = "sale.order.line"

    def _make_service(self) -> None:
        tracking = self.product_id.type == "service" and self.product_id.service_tracking
        if tracking in ("project_only", "task_in_project"):
            self.project_id = self._order_project()
        elif tracking == "task_global_project":
            self.project_id = self.product_id.project_id
        if tracking in ("task_in_project", "task_global_project") and self.project_id and not self["task_id"]:
            self["task_id"] = self.env["project.task"].create([self._task_values()])

    def _order_project(self) -> Any:
        """The project of the order: that of another of its lines, or a new one."""
        order = self.order_id
        known = order.order_line.project_id[:1]
        if known:
            return known
        reference = f"{order.client_order_ref} - " if order.client_order_ref else ""
        about = {
            "name": f"{reference}{order.name}",
            "partner_id": order.partner_id.id,
            "company_id": order.company_id.id,
        }
        return self.env["project.project"].create([{**about, "allow_billable": True, "sale_line_id": self.id}])

    def _task_values(self) -> dict[str, Any]:
        title, _newline, rest = (self.name or self.product_id.name).partition("\n")
        return {
            "name": title,
            "description": rest or False,
            "project_id": self.project_id.id,
            "partner_id": self.order_id.partner_id.id,
            "sale_line_id": self.id,
            "sale_order_id": self.order_id.id,
            "allocated_hours": self.product_uom_qty,
            "user_ids": [(6, 0, [])],
        }
