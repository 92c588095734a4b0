"""Demo: a made-up school, to look at and to show: three classes, ninety students, six weeks."""
