"""The queue of doubts: what a person has to decide, in a browser on this machine or in the terminal."""
