"""Config: every setting, and what else an installation has for its own: its secret, and who may use its folder."""
