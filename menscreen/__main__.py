"""``python -m menscreen``."""

from __future__ import annotations

from menscreen.cli import main

if __name__ == "__main__":
    main()
