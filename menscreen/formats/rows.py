"""Text in lines and columns, as genetics programs write it; no line is split into more columns than are needed."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.formats.content import Content, refusal
from menscreen.formats.gathering import Gathering
from menscreen.pedigree.validation import MOST_PEOPLE
from menscreen.problems import Severity

#: After so many errors the rest of a file is not looked at: it is in another format.
_MOST_ERRORS = 100


def lines_of(content: Content) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers.

    Raises:
        PedigreeError: it is no text in UTF-8.
    """
    try:
        text = content.data.decode()
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise refusal("D015", "bytes that are not UTF-8", "text in UTF-8", "save the file as UTF-8", where) from None
    if "\0" in text:
        raise refusal("D015", "characters that text does not have", "text", "export the file as text")
    count = 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line.strip():
            count += 1
            if count > MOST_PEOPLE:
                needed = f"at most {MOST_PEOPLE:,} lines"
                raise refusal("D008", f"more than {MOST_PEOPLE:,} lines", needed, "give each family a file of its own")
            yield number, line


def split(line: str, most: int) -> list[str]:
    """The columns of a line, apart by tabs or else by spaces; at most so many, the rest is left out.

    >>> split(chr(9).join(["a", "b c", "", "d"]), 9), split("  a b  c ", 2)
    (['a', 'b c', '', 'd'], ['a', 'b'])
    """
    if "\t" in line.strip():
        return [one.strip() for one in line.split("\t", most)[:most]]
    return line.split(None, most)[:most]


def stop_if_hopeless(gathering: Gathering) -> None:
    """Stop looking at a file that is wrong in every line."""
    if sum(one.severity is Severity.ERROR for one in gathering.problems) >= _MOST_ERRORS:
        gathering.complain("D013", "document", "more problems than these", "fewer", "mend these, then read it again")
        gathering.stop_if_wrong()


def one_family(families: dict[str, int], gathering: Gathering) -> None:
    """Refuse a file of several families, given with the lines where they begin."""
    if len(families) > 1:
        second = list(families.values())[1]
        gathering.complain(
            "D016",
            f"line {second}",
            f"{len(families)} families in one file, the second from this line on",
            "one family",
            "give each family a file of its own: split the file by its first column",
        )
