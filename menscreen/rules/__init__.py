"""Rulebooks, and how their criteria are answered for a family: met, not met, or undecided."""
