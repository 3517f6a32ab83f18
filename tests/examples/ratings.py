from fauxdoo.mockserver import api, fields, models
from fauxdoo.mockserver.errors import ValidationError


class ShopRating(models.Model):
    _name = "shop.rating"
    _description = "Rating of a Product"
    _order = "stars desc, id"

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    stars = fields.Integer(default=5)

    @api.constrains("stars")
    def _check_stars(self):
        if any(not 1 <= rating.stars <= 5 for rating in self):
            raise ValidationError("From one to five stars, please.")

    @api.model
    def best(self, limit=3):
        return self.search_read([("stars", ">=", 4)], ["product_id", "stars"], limit=limit)
