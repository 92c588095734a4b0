"""The quiz engine, pure: items, responses, grading, feedback, behaviours, certainty."""
