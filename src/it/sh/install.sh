#!/bin/sh
# Installs a Debian package for the integration tests, unless its command is there. Fails with advice
# where that is not possible: tests are never left out silently.
#
#   install.sh WHAT COMMAND PACKAGE
#
# Copyright 2026 The Portcullis Authors
# SPDX-License-Identifier: Apache-2.0
set -eu

what=$1
command=$2
package=$3
PATH="$PATH:/usr/sbin:/usr/local/sbin"

fail() {
  {
    echo "The tests of $what need $command, and $1."
    echo "Install it (on Debian: apt-get install $package), or leave out all tests in containers"
    echo "by -DskipITs."
  } >&2
  exit 1
}

if command -v "$command" > /dev/null; then
  exit 0
fi
if ! command -v apt-get > /dev/null; then
  fail "there is no apt-get to install it with"
fi
if [ "$(id -u)" -ne 0 ]; then
  fail "only root may install it"
fi

export DEBIAN_FRONTEND=noninteractive
install() {
  apt-get install -y -q --no-install-recommends "$package"
}
# A new container has no lists of packages, an old one has lists of what is no longer served.
if ! install < /dev/null; then
  apt-get update -q < /dev/null || fail "the lists of packages cannot be fetched"
  install < /dev/null || fail "apt-get cannot install it"
fi
command -v "$command" > /dev/null || fail "it is not found after its installation"
