"""Certificates: issued for a passed final, checked by anybody, valid to the end of a day."""
