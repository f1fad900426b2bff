"""The digest of a bulletin: over everything that is published, and the digest of the bulletin before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

HEADER = (
    "district_id", "month", "edition", "issue", "title", "addressees", "sections", "reason", "published_at",
    "published_by_id", "policy_number", "policy_name", "policy", "palette", "unit_policy", "figures", "differences",
    "parts", "previous_digest",
)  # fmt: skip


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: the same text for the same content on every database."""
    return _ENCODER.encode(value)


def part_digest(part: Mapping[str, Any]) -> str:
    """SHA-256 of one line or unit."""
    return hashlib.sha256(canonical(part).encode()).hexdigest()


def bulletin_digest(header: Mapping[str, Any], lines: Iterable[str], units: Iterable[str]) -> str:
    """SHA-256 over the header and the digests of all lines and units in their order, each with its kind before it."""
    hasher = hashlib.sha256()
    hasher.update(f"header:{part_digest(header)}\n".encode())
    for kind, digests in (("line", lines), ("unit", units)):
        for digest in digests:
            hasher.update(f"{kind}:{digest}\n".encode())
    return hasher.hexdigest()
