"""Reports by the name of their format, and files that are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress

from menscreen.problems import UsageError
from menscreen.screening.verdict import Screening

#: The formats of a report, with the endings of file names that ask for them.
FORMATS = {
    "text": (".txt",),
    "fhir": (".fhir.json",),
    "json": (".json",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
}


def render(screening: Screening, format: str) -> bytes:
    """Write a screening in a format, in UTF-8, ending in a line end.

    Raises:
        UsageError: the format is not known.
    """
    if format == "json":
        from menscreen.reports.json import write_json

        return write_json(screening) + b"\n"
    if format == "text":
        from menscreen.reports.text import write_text

        return write_text(screening).encode()
    if format == "fhir":
        from menscreen.reports.fhir import write_fhir

        return write_fhir(screening) + b"\n"
    if format == "markdown":
        from menscreen.reports.markdown import write_markdown

        return write_markdown(screening).encode()
    if format == "html":
        from menscreen.reports.html import write_html

        return write_html(screening).encode()
    raise _unknown_format()


def write(screening: Screening, path: str | os.PathLike[str], *, format: str | None = None) -> None:
    """Write a report to a file; without `format` the ending of its name decides, such as ``.html`` or ``.json``.

    Raises:
        UsageError: the format is not known, or the file cannot be written; what stood there before still does.
    """
    save(render(screening, format or format_of(path) or ""), path)


def format_of(path: str | os.PathLike[str]) -> str | None:
    """The format that the ending of a file name asks for, if any."""
    name = os.fspath(path).lower()
    return next((format for format, endings in FORMATS.items() if name.endswith(endings)), None)


def save(content: bytes, path: str | os.PathLike[str], *, is_new: bool = False) -> None:
    """Write a file whole or not at all: the content goes beside it and takes its name once it is complete.

    With `is_new` there may be no file of that name yet, not even one that came a moment ago.

    Raises:
        UsageError: the file cannot be written; what stood there before still does.
    """
    target = os.path.realpath(path)
    try:
        if is_new and os.path.lexists(target):
            raise FileExistsError
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as device:
                device.write(content)
        else:
            _replace(content, target, is_new)
    except OSError as error:
        raise unwritable(error) from None


def _replace(content: bytes, target: str, is_new: bool) -> None:
    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else None
    # not the id of the process: in a container it is the same each time, and a killed process leaves its file
    beside = f"{target}.{os.urandom(4).hex()}.partial"
    file = open(beside, "xb", opener=lambda path, flags: os.open(path, flags, 0o666 if mode is None else mode))  # noqa: SIM115
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(beside, mode)
        if is_new:
            _claim(target, beside)
        else:
            os.replace(beside, target)
    except BaseException:
        with suppress(FileNotFoundError):  # an interruption can come when the file has its name already
            os.unlink(beside)
        raise


def _claim(target: str, beside: str) -> None:
    """Give a file its name if nobody else has it, in one step where the file system can."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError from None
        os.replace(beside, target)
    else:
        os.unlink(beside)


def unwritable(error: OSError) -> UsageError:
    """The problem that an error of the system while writing is."""
    if isinstance(error, FileExistsError):
        found = "a file of the name of the output is there already, and is not written over"
        return UsageError.of("U003", found, "a name that is free", "give that file another name, or name another")
    return UsageError.of(
        "U003",
        f"the output cannot be written: {(error.strerror or 'an error of the system').lower()}",
        "a file in a folder that exists and that you may write to",
        "make the folder, or name another file",
    )


def _unknown_format() -> UsageError:
    endings = " ".join(sum(FORMATS.values(), ()))
    needed = f"one of {', '.join(FORMATS)}, or a file name that ends in one of {endings}"
    return UsageError.of("U004", "a report format that is not known", needed, "name the format")
