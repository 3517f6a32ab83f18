from fauxdoo.mockserver.reports import Document, Layout


class RatingCard(Layout):
    key = "shop.rating"

    def document(self, record, report):
        return Document(title=f"{report.name} {record.id}", facts=(("Stars", "*" * record.stars),))
