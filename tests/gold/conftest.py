"""Annotated articles: the project's own, and case folders that ``BIENBAN_CASES`` names."""

import os
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
CASES = Path(os.environ["BIENBAN_CASES"]) if os.environ.get("BIENBAN_CASES") else None

# Cases outside the project are collected only when they are there.
_OUTSIDE = [
    "test_exchanged_seeds.py",
    "test_case_folders.py",
    "test_metric_labels.py",
    "test_filter.py",
    "test_report_labels.py",
]
collect_ignore = [] if CASES else _OUTSIDE
