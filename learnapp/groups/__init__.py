"""Groups: classes and teams."""
