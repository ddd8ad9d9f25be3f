#!/usr/bin/env bash
# Builds the Nomad that `npm run test:nomad` runs, from its Go module, where no package of it is at hand: some 7 minutes and
# 3 GB the first time. 1.4.3 is under an open-source licence (MPL 2.0), as all before 1.7 are, and has what our specs need.
# Its API is a module of its own in the same repository, found there by a path that the module's archive does not hold.
set -euo pipefail

target="$(realpath -m "${1:-$(dirname "$0")/../../../.callboard/tools}")/nomad"
command -v go > /dev/null || { echo "There is no Go on PATH, which builds Nomad." >&2; exit 1; }
work="$(mktemp -d)"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

fetch() { # module@version, where to
  local from
  from="$(cd "$work" && go mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
  cp -r "$from" "$2"
  chmod -R u+w "$2"
}
fetch github.com/hashicorp/nomad@v1.4.3 "$work/nomad"
fetch github.com/hashicorp/nomad/api@v0.0.0-20230103221135-ce00d683f9be "$work/nomad/api"
cd "$work/nomad"
go mod tidy
mkdir -p "$(dirname "$target")"
CGO_ENABLED=1 go build -mod=mod -buildvcs=false -o "$target" .
"$target" version
