"""Parts of every page that no feature owns: policies, headers, errors, forms, assets, languages."""
