"""What Hypothesis calls when it starts, so that `from_type` knows the values of a family."""

from __future__ import annotations


def register() -> None:
    """Register the types; the strategies, and the vocabulary and rules that they need, wait for the first use.

    The entry point ``hypothesis`` of the package names this function.
    """
    from hypothesis import strategies as st

    from menscreen.pedigree.family import Pedigree
    from menscreen.pedigree.person import Age, Finding, GeneticTest, Person

    def made_by(name: str) -> object:
        from menscreen import strategies

        return getattr(strategies, name)()

    st.register_type_strategy(Pedigree, lambda _: made_by("pedigrees"))  # type: ignore[arg-type,return-value]
    st.register_type_strategy(Person, lambda _: made_by("people"))  # type: ignore[arg-type,return-value]
    st.register_type_strategy(Finding, lambda _: made_by("findings"))  # type: ignore[arg-type,return-value]
    st.register_type_strategy(GeneticTest, lambda _: made_by("genetic_tests"))  # type: ignore[arg-type,return-value]
    st.register_type_strategy(Age, lambda _: made_by("ages"))  # type: ignore[arg-type,return-value]
