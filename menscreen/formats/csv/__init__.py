"""CSV and TSV with one row per person: what people make in a spreadsheet."""

from menscreen.formats.csv.reading import read
from menscreen.formats.csv.writing import TEMPLATE, losses, write

__all__ = ["TEMPLATE", "losses", "read", "write"]
