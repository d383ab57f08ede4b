"""The layouts that invented filings are drawn in."""
