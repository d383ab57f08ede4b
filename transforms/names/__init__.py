"""What indicators, levels, projects and townships are called."""
