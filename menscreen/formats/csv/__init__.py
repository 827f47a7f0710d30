"""CSV and TSV with one row per person: what people make in a spreadsheet."""

from menscreen.formats.csv.reading import read
from menscreen.formats.csv.writing import TEMPLATE, is_allowed, write

__all__ = ["TEMPLATE", "is_allowed", "read", "write"]
