"""What a target text means: ≤7500元, ≥95%, 2023年12月31日完成, 优."""
