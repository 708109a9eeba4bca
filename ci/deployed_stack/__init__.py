"""Deploys the stack to an emulator and proves what it does."""
