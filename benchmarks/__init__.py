"""What screening costs beside other things, measured in the same run: ``python -m benchmarks``.

This is no test, since it takes minutes and compares with packages that nobody else needs; the families are those of
the tests (``tests/population.py``).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
