"""Practice: conversations that volunteers go through for themselves, and what they wrote down beside them."""
