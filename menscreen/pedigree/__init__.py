"""Families: people, their parents, kinship, validation, and trees built from relations in words."""
