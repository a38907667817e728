"""Yearly plans (kế hoạch CCHC): their groups, tasks, products and targets, as they are printed."""
