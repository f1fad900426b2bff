"""The digest of a journal entry: over all its parts and the digest of the entry before it."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

CHAINED = (
    "seq", "at", "actor_id", "actor_name", "verb", "subject_type", "subject_id", "subject_name",
    "project_id", "before", "after", "note", "address", "request_id",
)  # fmt: skip


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: the same text for the same content on every database."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(parts: Mapping[str, Any], previous: str) -> str:
    """SHA-256 over the named parts, each with its length before it, so that no two entries read alike."""
    hasher = hashlib.sha256()
    for name in sorted(parts):
        value = parts[name]
        if isinstance(value, datetime.datetime):
            value = value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        for text in (name, canonical(value)):
            encoded = text.encode()
            hasher.update(f"{len(encoded)}:".encode())
            hasher.update(encoded)
    hasher.update(previous.encode())
    return hasher.hexdigest()
