"""The invented county of the demo: its townships over two years, with faults planted in some filings."""
