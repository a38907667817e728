"""Tasks (nhiệm vụ) of a department's year: from its plan, assigned during the year, or mending a lost criterion."""
