"""How what a form says becomes records: projects, plans, objectives, indicators."""
