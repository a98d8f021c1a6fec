"""What the window shows of a run beyond other sets: from stance to stance, both sides over the gait cycle and over the run."""
