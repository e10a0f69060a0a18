"""Sums up all test reports: what failed, then one closing line. Argument: the exit status of Maven."""

import glob
import os
import sys
import xml.etree.ElementTree as tree

OUTPUT_LINES = 40


def tell(case, fault):
    message = (fault.get("message") or "").splitlines() or [""]
    print(f"{fault.tag}: {case.get('classname')}.{case.get('name')}: {message[0]}")


def tell_output(report):
    """The end of what a failed class has written: quiet tests speak only here."""
    path = report.replace("TEST-", "", 1)[: -len(".xml")] + "-output.txt"
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as lines:
            print(f"  last lines of {path}:")
            for line in lines.readlines()[-OUTPUT_LINES:]:
                print("    " + line.rstrip())


def main():
    tests = failed = skipped = 0
    for report in sorted(glob.glob("**/target/*-reports/TEST-*.xml", recursive=True)):
        suite = tree.parse(report).getroot()
        faults = int(suite.get("failures")) + int(suite.get("errors"))
        tests += int(suite.get("tests"))
        failed += faults
        skipped += int(suite.get("skipped"))
        for case in suite.iter("testcase"):
            for fault in case:
                if fault.tag in ("failure", "error", "skipped"):
                    tell(case, fault)
        if faults:
            tell_output(report)
    passed = tests - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(0 if passed > 0 and failed == skipped == 0 and sys.argv[1] == "0" else 1)


main()
