"""Ids that some format has another meaning for, or no way to write."""

from __future__ import annotations

from hypothesis import strategies as st

ODD_IDS = (
    "0", "00", "1", "-9", "-1", ".", "-", "", " ", "\t", "\n", "\x00", "\x1f", "\u00a0", "\u2028", "\ufeff", "?",
    "??", "NA", "N/A", "na", "NaN", "nan", "null", "None", "none", "nil", "~", "true", "false", "yes", "no",
    "unknown", "Unknown", "UNK", "self", "me", "proband", "mother", "r1", "P1", "P2", "X1", "a/b", "/", "#a", "#",
    "a#b", "a b", " a", "a ", "a\tb", "a\nb", "a\r", "a,b", "a;b", "a|b", "a:b", "a-self", "a-mother", "person-1",
    "a_", "=1+1", "+1", "@a", "'=1", "'a", '"', '"a', "sep=;", "<a>", "&amp;", "\\", "{}", "[]", "- a", "1e3", "0x10",
    "01", "1.0", "\u00e9", "e\u0301", "\u5de5\u85e4", "\U0001f9ec", "\u202eabc", "a" * 64, "a" * 65, "a" * 70,
    "a" * 300, "Patient/1", "urn:uuid:1", "http://a/b", "unnamed-family",
)  # fmt: skip
#: These, and any others.
ids = st.sampled_from(ODD_IDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
