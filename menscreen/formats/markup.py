"""Read XML without its dangers: no document types, hence no entities that expand or fetch; bounded depth and size.

Names of elements and attributes are given without their namespace: real files leave prefixes undeclared.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from menscreen.formats.content import refusal
from menscreen.problems import PedigreeError

#: Pedigrees and clinical documents are about twenty levels deep.
_DEEPEST = 200
#: A clinical document of a megabyte has about ten thousand elements.
_MOST_ELEMENTS = 400_000


class Element:
    """An element with its attributes, children, own text and place."""

    __slots__ = ("attributes", "children", "column", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int, column: int) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.line, self.column = line, column
        self.text = ""

    @property
    def at(self) -> str:
        """The place in the file."""
        return f"line {self.line}, column {self.column}"

    def get(self, name: str) -> str | None:
        """An attribute without spaces around it; ``None`` where it is absent or empty."""
        return self.attributes.get(name, "").strip() or None

    def all(self, name: str) -> list[Element]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, *path: str) -> Element | None:
        """The first child of the first name, its first child of the second, and so on."""
        here = self
        for name in path:
            found = next((child for child in here.children if child.name == name), None)
            if found is None:
                return None
            here = found
        return here

    def walk(self) -> Iterator[Element]:
        """This element and everything inside, in the order of the document."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    @property
    def words(self) -> str:
        """All text inside, with single spaces."""
        return " ".join(" ".join(one.text for one in self.walk()).split())


def parse(data: bytes) -> Element:
    """Read an XML document.

    Raises:
        PedigreeError: it is no XML, has a document type, or is too deep or too large.

    >>> parse(b'<a><v3:b c=" 1 "/></a>').first("b").get("c")
    '1'
    """
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code) or "not well formed"
        where = f"line {error.lineno}, column {error.offset + 1}"
        raise refusal("D014", f"XML that cannot be read ({what})", "a whole XML document", _EXPORT, where) from None
    except (LookupError, ValueError):
        raise refusal("D014", "XML in an encoding that is not known", "UTF-8", "save the file as UTF-8") from None
    return builder.root


_EXPORT = "export the file again, or look there for a tag or a quotation mark that is missing"


class _Builder:
    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.root = Element("", {}, 0, 0)
        self.open: list[Element] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= _DEEPEST or self.count > _MOST_ELEMENTS:
            raise self.too_large()
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        element = Element(name.rpartition(":")[2], local, line, column)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        if not text.isspace():
            self.open[-1].text += text

    def too_large(self) -> PedigreeError:
        found = "elements within each other, too deep to read"
        if self.count > _MOST_ELEMENTS:
            found = f"more than {_MOST_ELEMENTS} elements"
        return refusal("D008", found, "the few levels of a pedigree", "check the program that wrote the document")

    def refuse_doctype(self, *_: object) -> None:
        raise refusal(
            "D014",
            "XML with a document type, which may hide entities that expand without end or fetch other files",
            "XML without `<!DOCTYPE`",
            "take the document type out, if you trust the file",
            f"line {self.parser.CurrentLineNumber}",
        )
