"""Criteria that take their inputs from counted figures or from tasks: shown, confirmed by a person, never silent."""
