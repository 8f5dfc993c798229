"""Bringing files in: a person's own list, written by gmetui, edited by hand or by a spreadsheet, or kept elsewhere."""
