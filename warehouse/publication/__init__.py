"""The comparison tables for the finance bureau: marts shown to people, and all that goes with them."""
