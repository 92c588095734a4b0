"""Rules of lessons: their bounds, boxes, prose, dates and minutes."""
