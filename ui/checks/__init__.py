"""The page of what may not survive the appraisal."""
