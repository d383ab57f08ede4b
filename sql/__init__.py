"""The models: staging, core, intermediate, marts, rules and tests in plain SQL."""
