"""The table in a file: encoding, delimiter, header and rows."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from menscreen.formats.content import Content, refusal
from menscreen.formats.csv.headers import Column, meaning
from menscreen.pedigree.validation import MOST_PEOPLE

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1000
_ENDS = "\r\n"


class Sheet(NamedTuple):
    """A table. Rows keep the number that a spreadsheet shows.

    Attributes:
        is_guessed: whether the encoding was taken for Windows-1252, because it is not UTF-8.
    """

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    is_guessed: bool


def sheet_of(content: Content) -> Sheet:
    """Read the table.

    Raises:
        PedigreeError: it cannot be decoded, its quotation marks do not close, or it is too large.
    """
    text, is_guessed = _decoded(content.data)
    delimiter = _delimiter(_first_line(text))
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(rows) > MOST_PEOPLE or len(row) > _MOST_COLUMNS:
                raise refusal("D008", "a table of too many rows or columns", "the people of one family", _SPLIT)
            if any(map(str.strip, row)) and not is_remark(row):
                rows.append((number, row))
    except csv.Error as error:
        raise refusal(
            "D017", f"a row that cannot be read ({_plain(error)})", "rows of cells", _QUOTES, f"row {number + 1}"
        ) from None
    if not rows:
        raise refusal("D017", "a table without rows", "a row of headers and a row for each person", _TEMPLATE)
    return Sheet(rows[0][1], rows[1:], is_guessed)


_SPLIT = "give each family a file of its own"
_QUOTES = "look for a quotation mark that is missing or too much near there"
_TEMPLATE = "begin with the template (menscreen convert --template csv)"


def _plain(error: csv.Error) -> str:
    return "a cell that is too long" if "larger than" in str(error) else "a quotation mark that does not close"


def is_remark(row: list[str]) -> bool:
    """Lines that begin with a number sign, and the first line by which a spreadsheet tells its delimiter."""
    return row[0].lstrip().startswith("#") or row[0].lower().startswith("sep=")


def _decoded(data: bytes) -> tuple[str, bool]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), False
        except UnicodeDecodeError:
            raise refusal("D015", "text in UTF-16 that is damaged", "text in UTF-8", _SAVE) from None
    if b"\0" in data[:4096]:
        raise refusal("D015", "zero bytes, as in UTF-16 without a mark or in a binary file", "text in UTF-8", _SAVE)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), True
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise refusal("D015", "text in an encoding that is not known", "text in UTF-8", _SAVE, where) from None


_SAVE = "save the file as CSV in UTF-8"


def _delimiter(line: str) -> str:
    """The delimiter that makes most known headers of a line."""
    return max(_DELIMITERS, key=lambda delimiter: len(_known_headers(line, delimiter)))


def _first_line(text: str) -> str:
    for line in io.StringIO(text[:100_000]):
        if line.strip() and not line.lstrip().startswith("#") and not line.lower().startswith("sep="):
            return line.rstrip(_ENDS)
    return ""


def _known_headers(line: str, delimiter: str) -> list[Column]:
    """What the headers of a line mean that are known when it is split like this."""
    cells = [cell for cell in line.split(delimiter)[:200] if 0 < len(cell) < 100]
    return [found for cell in cells if (found := meaning(cell.strip().strip('"'))) is not None]


def is_table(content: Content) -> bool:
    """Whether the first line has headers of a table of people."""
    data = content.head
    if data[:1] in b"<{[" or data.startswith((b"PK\x03", b"##CanRisk", b"BOADICEA")):
        return False
    head = data[:20_000]
    if content.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        line = _first_line(content.data[:20_001].decode("utf-16", "replace"))
    elif b"\0" in head:
        return False
    else:
        line = _first_line(head.decode("utf-8", "replace"))
    columns = _known_headers(line, _delimiter(line))
    said = {column.key for column in columns}
    return len(columns) > 1 and bool(said & {"id", "relation", "finding", "sex", "label"})
