"""Fetch the files of other projects that the pages and tests use, and check them against ``vendor.lock.yaml``.

The packages come from the npm registry through ``npm pack``; nothing in them is run. A package whose hash is not in
the lock file is refused. Files whose hash is not yet in the lock are added to it.
"""

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
LOCK = Path(__file__).with_name("vendor.lock.yaml")


def main() -> None:
    """Fetch every package of the lock file and write its files."""
    text = LOCK.read_text(encoding="utf-8")
    packages: list[dict[str, Any]] = yaml.safe_load(text)
    for package in packages:
        fetch(package)
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    LOCK.write_text(head + yaml.safe_dump(packages, sort_keys=False, allow_unicode=True), encoding="utf-8")


def fetch(package: dict[str, Any]) -> None:
    """Fetch one package, check its hash and write the files that are named."""
    name, version = package["name"], package["version"]
    target = ROOT / package["into"] / name / version
    with tempfile.TemporaryDirectory() as directory:
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"]
        done = subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True)
        archive = Path(directory) / done.stdout.strip().splitlines()[-1]
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package["integrity"]:
            raise SystemExit(f"{name} {version}: the package has {found}, the lock file says {package['integrity']}.")
        with tarfile.open(archive) as opened:
            for file in package["files"]:
                content = opened.extractfile(f"package/{file['in']}")
                if content is None:
                    raise SystemExit(f"{name} {version}: {file['in']} is no file.")
                write(target / file["as"], content.read(), file)
    print(f"{name} {version}: {len(package['files'])} files")


def write(path: Path, content: bytes, file: dict[str, str]) -> None:
    """Write one file if it is the one of the lock."""
    found = hashlib.sha256(content).hexdigest()
    if file.setdefault("sha256", found) != found:
        raise SystemExit(f"{path.name}: the file has {found}, the lock file says {file['sha256']}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
