"""How a mart is shown to a person: titles, views, values, places."""
