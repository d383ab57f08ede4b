"""The command, the flows and the schedule."""
