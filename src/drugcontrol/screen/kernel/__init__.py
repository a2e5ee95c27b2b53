"""The screening kernel: conditions read from the text of a SMILES that every row with a finding fulfils."""
