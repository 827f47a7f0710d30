"""Typer commands that start quickly and whose errors are for people."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from menscreen.problems import MenscreenError


class LeanCommand(TyperCommand):
    """A command whose parameters need no type adapter, and whose problems are printed without a traceback."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, text and flags handed on as they are."""
        return spared(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; problems go to standard error, with exit status 2."""
        try:
            return super().invoke(ctx)
        except MenscreenError as error:
            from menscreen.reports.text import write_problems

            typer.echo(write_problems(error.problems), err=True, nl=False)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


class LeanGroup(TyperGroup):
    """A group of commands whose own parameters need no type adapter."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, text and flags handed on as they are."""
        return spared(super().get_params(ctx))


def spared(parameters: Any) -> Any:
    """Spare text and flags the pydantic type adapter that newer Typers make for each, at the cost of a whole screening.

    Where a Typer does not know `_runtime_param`, nothing changes but the time that a start takes.
    """
    for parameter in parameters:
        kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
        if kind in (str, bool, list[str]) and getattr(parameter, "_runtime_param", ...) is None:
            parameter._runtime_param = _AsItIs
    return parameters


class _AsItIs:
    """Takes the place of a type adapter: what the parser gives is what the command gets."""

    @staticmethod
    def coerce(value: Any, param: Any, ctx: Any) -> Any:
        return () if value is None and (param.multiple or param.nargs == -1) else value
