"""How one bad file is kept from hurting the rest: worker processes with limits."""
