"""One reader per format; `menscreen.formats.reading.read` finds the right one."""
