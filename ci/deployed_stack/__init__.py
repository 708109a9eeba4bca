"""Deploys the stack to an emulator and checks what it does."""
