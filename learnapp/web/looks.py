"""Looks: the themes, contrasts and text sizes on offer; "auto" and "normal" leave it to the device."""

THEMES = ("auto", "light", "dark")
CONTRASTS = ("auto", "more")
TEXT_SIZES = ("normal", "large", "larger")
