#!/bin/sh
# Makes sure that tinyproxy is here, which the tests of the forward proxy start themselves. Does
# nothing when it is. Otherwise installs it as root on Debian and its kin: the program alone, since
# the package "tinyproxy" would start a service. If it cannot, it says so and the build fails: these
# tests are never left out silently.
#
# Copyright 2026 The Portcullis Authors
# SPDX-License-Identifier: Apache-2.0
set -eu

PATH="$PATH:/usr/sbin:/usr/local/sbin"

fail() {
  {
    echo "The tests of the forward proxy need tinyproxy, and $1."
    echo "Install it (on Debian: apt-get install tinyproxy-bin), or leave out all tests in"
    echo "containers by -DskipITs."
  } >&2
  exit 1
}

if command -v tinyproxy > /dev/null; then
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
  apt-get install -y -q --no-install-recommends tinyproxy-bin
}
# A new container has no lists of packages, an old one has lists of what is no longer served.
if ! install < /dev/null; then
  apt-get update -q < /dev/null || fail "the lists of packages cannot be fetched"
  install < /dev/null || fail "apt-get cannot install it"
fi
command -v tinyproxy > /dev/null || fail "it is not found after its installation"
