"""The signs by which content is recognized, one for each format. A file name is never asked.

Each sign looks for what only its format has; none may take the content of another, whatever the order.
"""

from __future__ import annotations

from menscreen.formats.content import Content


def is_native(content: Content) -> bool:
    """The schema, or `proband` together with `people` or `relatives` of our own shape."""
    document = content.document
    if not isinstance(document, dict) or "resourceType" in document:
        return False
    return str(document.get("schema", "")).startswith("menscreen-pedigree") or (
        "proband" in document and ("people" in document or "relatives" not in document) and "metaData" not in document
    )


def is_fhir(content: Content) -> bool:
    """A resource of FHIR, or several, one a line."""
    return content.head.startswith(b"{") and b'"resourceType"' in content.head
