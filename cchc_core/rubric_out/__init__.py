"""Criteria sets as they leave the product: in the form that provinces print, for Word and Excel."""
