"""Safeguarding partnership briefings: data in, checked and protected briefings out."""
