"""Who calls the night and watches it: the schedule, a Prefect server that records, and what happens when either dies."""
