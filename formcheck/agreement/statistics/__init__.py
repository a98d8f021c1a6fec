"""Agreement in figures: formulas with their sources, each tested against a published worked example."""
