"""The head of a project: its name, money, owner, plan, objectives."""
