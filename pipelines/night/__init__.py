"""The steps of a run, called by the command and run as tasks by the flow."""
