"""Digests: which document or rulebook, to the byte, an answer rests on."""

from __future__ import annotations

from hashlib import sha256


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes, named as such.

    >>> digest_of(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{sha256(content).hexdigest()}"
