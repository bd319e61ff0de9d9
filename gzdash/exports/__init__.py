"""Exports: what is seen becomes files, CSV and a zip of a page, each with its passport and marked as demonstration."""

from __future__ import annotations

from gzdash.exports.bundle import empty_zip, page_zip
from gzdash.exports.csv import detail_csv, sheet_csv
from gzdash.exports.issuing import Issue, maker, metrics_of, shown_passport, streamed_passport, table_details
from gzdash.exports.listing import listing_csv, shown_csv
from gzdash.exports.names import file_name
from gzdash.exports.passport import Passport, passport_name
from gzdash.exports.readable import readable

__all__ = [
    "Issue",
    "Passport",
    "detail_csv",
    "empty_zip",
    "file_name",
    "listing_csv",
    "maker",
    "metrics_of",
    "page_zip",
    "passport_name",
    "readable",
    "sheet_csv",
    "shown_csv",
    "shown_passport",
    "streamed_passport",
    "table_details",
]
