#!/usr/bin/env bash
# Sets up sagstjek in this folder: the OCR engine by apt, a virtual environment by pip.
# Usage: deploy/setup.sh VENV
set -euo pipefail
venv=${1:-.venv}
packages=(tesseract-ocr tesseract-ocr-dan tesseract-ocr-eng tesseract-ocr-osd)

say() { printf 'setup: %s\n' "$*" >&2; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

has_engine() { command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx dan && tesseract --list-langs 2>/dev/null | grep -qx osd; }

python=$(command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3 || true)
if [ "$(command -v python3)" ] && python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$(command -v python3); fi
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer was not found. Install it (Debian 12: apt-get install python3 python3-venv) and run make again."
    exit 3
fi

if has_engine; then
    say "Tesseract with Danish is installed already."
elif command -v apt-get >/dev/null; then
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "Tesseract with Danish is missing, and neither root nor sudo is at hand. Let somebody run:"
        say "  apt-get install ${packages[*]}"
        exit 3
    fi
    say "installing by apt: ${packages[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
else
    say "Tesseract with Danish is missing and apt is not at hand. Install by your package manager the engine 'tesseract' (5.x)"
    say "and its languages 'dan', 'eng' and 'osd' (Fedora: dnf install tesseract tesseract-langpack-dan tesseract-osd;"
    say "macOS: brew install tesseract tesseract-lang), then run make again."
    exit 3
fi

if [ ! -x "$venv/bin/python" ]; then
    say "making the virtual environment $venv with $("$python" --version)"
    if ! "$python" -m venv "$venv"; then
        rm -rf "$venv"
        say "The virtual environment could not be made. Debian keeps venv apart: apt-get install python3-venv, then run make again."
        exit 3
    fi
fi
say "installing the Python packages of pyproject.toml at the versions of constraints.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[corpus,dev]'
say "done: $venv/bin/sagstjek"
