"""What may be forwarded by itself: a page for each township, and files in which its or the county's whole matter stands."""
