"""Mutation testing of the core: whether a test notices when the code is wrong."""
