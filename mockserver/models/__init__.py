"""What Odoo computes and does, a package per app, a file per model."""
