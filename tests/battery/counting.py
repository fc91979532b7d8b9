"""`python -m tests.battery.counting STORE TIMES`: counts a work-up up, beside others who do the same."""

from __future__ import annotations

import json
import sys

from rls_workup.errors import Conflict, StoreTrouble
from rls_workup.store import Store, Summary
from rls_workup.store.unlocking import open_unlocked

COUNTER = "counter"
LISTED = Summary("in-progress", "Counter")


def count_up(store: Store) -> tuple[int, int]:
    """One step more; how often somebody else was quicker, and how often nobody would let it in."""
    conflicts = refused = 0
    while True:
        kept = store.read(COUNTER)
        document = json.dumps({"count": json.loads(kept.document)["count"] + 1})
        try:
            store.save(COUNTER, kept.version, document, LISTED, "Dr Who", "Room 1")
        except Conflict:
            conflicts += 1
        except StoreTrouble as trouble:  # a file lets in whom it will; after five seconds that is told
            if "Another program is using" not in str(trouble):
                raise
            refused += 1
        else:
            return conflicts, refused


if __name__ == "__main__":
    opened = open_unlocked(sys.argv[1])
    print(json.dumps([count_up(opened) for _ in range(int(sys.argv[2]))]))
