"""One module per table: ``EXPECTATIONS``, and ``SCHEMA`` when it is not a table of ``marts_candidate``."""
