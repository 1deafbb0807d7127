#!/bin/sh
# Copies the clients of the integration tests to a folder and installs there exactly what their lock
# file names, unless that is done already.
#
#   npm.sh FOLDER
#
# Copyright 2026 The Portcullis Authors
# SPDX-License-Identifier: Apache-2.0
set -eu

folder=$1
source=$(dirname "$0")/../js
mkdir -p "$folder"
cp "$source"/* "$folder"
cd "$folder"
if cmp -s package-lock.json installed-lock.json; then
  exit 0
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error < /dev/null
cp package-lock.json installed-lock.json
