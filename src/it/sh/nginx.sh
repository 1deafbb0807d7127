#!/bin/sh
# Fetches nginx for the integration tests, unless it is there: Debian's package, unpacked into a
# folder. It is not installed, since that would start a server on port 80.
#
#   nginx.sh FOLDER
#
# Copyright 2026 The Portcullis Authors
# SPDX-License-Identifier: Apache-2.0
set -eu

folder=$1
nginx="$folder/usr/sbin/nginx"
PATH="$PATH:/usr/sbin:/usr/local/sbin"

fail() {
  {
    echo "The tests of the reverse proxy need nginx, and $1."
    echo "Install it, or leave out all tests in containers by -DskipITs."
  } >&2
  exit 1
}

works() {
  "$1" -v > /dev/null 2>&1
}

if works nginx || works "$nginx"; then
  exit 0
fi
if ! command -v apt-get > /dev/null; then
  fail "there is no apt-get to fetch it with"
fi

mkdir -p "$folder"
cd "$folder"
download() {
  rm -f ./nginx_*.deb
  apt-get download -q nginx
}
# A new container has no lists of packages, an old one has lists of what is no longer served.
if ! download < /dev/null; then
  apt-get update -q < /dev/null || fail "the lists of packages cannot be fetched"
  download < /dev/null || fail "apt-get cannot fetch it"
fi
dpkg -x ./nginx_*.deb .
works usr/sbin/nginx || fail "that of Debian does not run here"
