# shellcheck shell=bash
# Sourced by the other scripts: makes a small site with faults in the folder $1.
make_site() {
  mkdir -p "$1"
  git -C "$1" init --quiet
  printf 'title: docs\n' >"$1/_config.yml"
  cat >"$1/a.md" <<'EOF'
---
title: Acme authentication
sidebar: cyclr_sidebar
permalink: acme-connector
tags: [connector]
linkedpage: false
---

### Register an application

1. Open the the page.
2. See [the other page](/zest-information#missing).
EOF
  cat >"$1/zest.md" <<'EOF'
---
title: Zest information
sidebar: cyclr_sidebar
permalink: zest-information
tags: [connector-information]
---

### About Zest

Text.
EOF
  cat >"$1/pipedrive.connector.yaml" <<'EOF'
Connector: pipedrive-oauth-connector
AuthType: OAuth2
ServiceDomain: acme-h.cyclr.com
Properties:
  - Name: ClientId
    Value: ${CLIENT_ID}
EOF
}

# Fails unless the text in $1 has each of the other arguments in it.
expect() {
  local text=$1
  shift
  for wanted in "$@"; do
    if ! grep --quiet --fixed-strings -- "$wanted" <<<"$text"; then
      printf '%s\n' "$text" >&2
      echo "missing: $wanted" >&2
      return 1
    fi
    echo "found: $wanted"
  done
}
