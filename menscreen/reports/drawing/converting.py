"""The picture as PNG or PDF, where the optional converter is installed."""

from __future__ import annotations

from typing import Any

from menscreen.problems import UsageError

#: Dots of a PNG to a unit of the picture, so that text stays readable in print.
_SCALE = 2

ENDINGS = (".png", ".pdf")


def converted(picture: str, ending: str) -> bytes:
    """Convert a picture that `draw` wrote, to the format of an ending (``.png``, ``.pdf``).

    Raises:
        UsageError: the converter is not installed (``menscreen[pictures]``).
    """
    cairosvg = _converter()
    convert = cairosvg.svg2pdf if ending == ".pdf" else cairosvg.svg2png
    content: bytes = convert(bytestring=picture.encode(), scale=1 if ending == ".pdf" else _SCALE)
    return content


def _converter() -> Any:
    from importlib import import_module

    try:
        return import_module("cairosvg")
    except (ImportError, OSError):  # the latter where the Cairo library of the system is missing
        raise UsageError.of(
            "U003",
            "no converter to PNG and PDF",
            "CairoSVG and the Cairo library of the system",
            "run: pip install 'menscreen[pictures]', or write an .svg",
        ) from None
