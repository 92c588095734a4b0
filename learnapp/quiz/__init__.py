"""The quiz engine, pure: items, responses, grading, feedback, selection, behaviours, certainty."""
