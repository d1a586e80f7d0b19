"""Annex A's rules: for each, drawn rows that break it and rows that do not."""
