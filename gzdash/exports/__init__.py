"""Exports: what is seen becomes files, CSV and a zip of a page, each marked when it holds demonstration data."""

from __future__ import annotations

from gzdash.exports.bundle import page_readme, page_zip
from gzdash.exports.csv import detail_csv, sheet_csv
from gzdash.exports.listing import listing_csv, shown_csv
from gzdash.exports.names import file_name

__all__ = ["detail_csv", "file_name", "listing_csv", "page_readme", "page_zip", "sheet_csv", "shown_csv"]
