"""Models, fields, recordsets and domains, as an Odoo developer knows them."""
