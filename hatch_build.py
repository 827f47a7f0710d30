"""Build hook: writes the compiled data beside its sources, for wheels and editable installs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the vocabulary and the shipped rulebooks; nothing is compiled on the user's machine."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files that the wheel takes along as artifacts."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        try:
            from menscreen.rules.loading import compile_rulebooks
            from menscreen.vocabulary.compiling import compile_vocabulary

            package = Path(self.root, "menscreen")
            (package / "vocabulary" / "compiled.msgpack").write_bytes(compile_vocabulary())
            (package / "rulebooks" / "compiled.msgpack").write_bytes(compile_rulebooks())
        finally:
            sys.path.remove(self.root)
