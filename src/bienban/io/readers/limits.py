"""How much a source may hand over: sizes and ratios past which it is an accident or an attack."""

HEAD_BYTES = 64 * 1024  # what formats are recognised by
MAX_RECORD_BYTES = 16 * 1024 * 1024
MAX_RATIO = 200  # expanded : compressed; news text reaches about 6, a file of one repeated line 1000
RATIO_COUNTS_FROM = 64 * 1024 * 1024  # below this much expanded text no ratio hurts
MAX_LOCATOR_BYTES = 1024  # an index row of PostgreSQL holds 2,700


class ExpandsTooFar(Exception):
    """A compressed stream grows past the ratio."""


class Budget:
    """What one compressed file may expand to, all its members together."""

    def __init__(self, compressed_bytes: int) -> None:
        self.allowed = max(RATIO_COUNTS_FROM, compressed_bytes * MAX_RATIO)
        self.used = 0

    def spend(self, size: int) -> None:
        """Count expanded bytes. Raises ExpandsTooFar when they are more than allowed."""
        self.used += size
        if self.is_spent:
            raise ExpandsTooFar(f"expands past {self.allowed:,} bytes, {MAX_RATIO} times its size")

    @property
    def is_spent(self) -> bool:
        """Nothing more may be expanded."""
        return self.used > self.allowed
