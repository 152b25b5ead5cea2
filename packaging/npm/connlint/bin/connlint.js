#!/usr/bin/env node
// Runs the program of the package for this platform, with its streams, arguments, exit code and signal passed on.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");

/** Whether this Linux uses musl instead of glibc: the report of Node.js names the version of glibc it runs on. */
function usesMusl() {
  if (process.platform !== "linux") return false;
  const report = process.report && process.report.getReport();
  return !(report && report.header && report.header.glibcVersionRuntime);
}

const platform = `${process.platform}-${process.arch}${usesMusl() ? "-musl" : ""}`;
const file = process.platform === "win32" ? "connlint.exe" : "connlint";
let program;
try {
  program = require.resolve(`@connlint/cli-${platform}/${file}`);
} catch {
  console.error(`connlint: no program for ${platform}: the optional dependency @connlint/cli-${platform} is not installed`);
  process.exit(2);
}
if (!existsSync(program)) {
  console.error(`connlint: missing file: ${program}`);
  process.exit(2);
}
const result = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (result.error) {
  console.error(`connlint: ${result.error.message}`);
  process.exit(2);
}
if (result.signal) process.kill(process.pid, result.signal);
process.exit(result.status === null ? 2 : result.status);
