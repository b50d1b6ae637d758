"""Stories on a simulated clock: a true story, or a drill of one's own policy, through the real doors."""
