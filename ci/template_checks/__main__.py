"""Prints what is wrong with what SAM makes of template.yaml; exit code 1 if anything is."""

import sys
import unittest

from template_checks import deployments, roles, tests
from template_checks.translated import source, translated


def main() -> int:
    template = translated(source())
    found = [*roles.findings(template), *deployments.findings(template)]
    for finding in found:
        print(f"template.yaml: {finding}", file=sys.stderr)
    suite = unittest.defaultTestLoader.loadTestsFromModule(tests)
    passed = unittest.TextTestRunner(verbosity=0).run(suite).wasSuccessful()
    return 0 if passed and not found else 1


if __name__ == "__main__":
    sys.exit(main())
