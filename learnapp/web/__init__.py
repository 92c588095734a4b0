"""What every page needs and no feature owns: policies, headers, errors, forms, assets, languages."""
