"""The generator of synthetic Danish personnel documents, for training and for samples."""
