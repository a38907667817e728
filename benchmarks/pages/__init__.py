"""Pages that the product is compared with; they score, save and total with the product's own modules."""
