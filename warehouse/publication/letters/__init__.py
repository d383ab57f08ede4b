"""The feedback letters that go back to the townships."""
