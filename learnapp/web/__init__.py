"""Parts of every page that no feature owns: policies, errors, forms, layout, languages."""
