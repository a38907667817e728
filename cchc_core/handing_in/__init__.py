"""Whether an assessment would survive its appraisal: what is lacking before it is handed in, by points."""
