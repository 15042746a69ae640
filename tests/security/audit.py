"""Known holes in what is installed, by pip-audit. What could not be looked up is a failure: silence is no "none found".

`python -m tests.security.audit`; with `--offline-is-accepted` an audit that reached nothing at all is only said loudly.
"""

import json
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """0 where every package was looked up and none has a known hole."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--local"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(ended.stdout)["dependencies"]
    except json.JSONDecodeError:
        found = []
        print(f"pip-audit failed:\n{ended.stderr[-2000:]}")
    skipped = [d for d in found if "skip_reason" in d]
    holes = [(d["name"], d["version"], v["id"], v["fix_versions"]) for d in found for v in d.get("vulns", ())]
    for name, version, hole, fixed in holes:
        print(f"{name} {version}: {hole}; fixed in {', '.join(fixed) or 'no version yet'}")
    for package in skipped:
        print(f"NOT LOOKED UP {package['name']}: {package['skip_reason']}")
    looked_up = len(found) - len(skipped)
    print(f"{looked_up} packages looked up, {len(skipped)} not, {len(holes)} known holes.")
    if holes:
        return 1
    if not looked_up and "--offline-is-accepted" in arguments:
        print(
            "!!! NOTHING WAS AUDITED: the service of known holes was out of reach. This is not a pass of the audit. !!!"
        )
        return 0
    return 1 if skipped or not found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
