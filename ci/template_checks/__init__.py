"""Checks of template.yaml that need neither AWS nor an emulator."""
