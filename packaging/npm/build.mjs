// Writes the npm packages: one per platform that holds the program, and `connlint`, which runs the right one.
//
// usage: node packaging/npm/build.mjs OUTPUT TARGET=PROGRAM...
//
// TARGET is a Rust target such as `x86_64-unknown-linux-gnu`, PROGRAM the path of the built program.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PLATFORMS = {
  "aarch64-apple-darwin": { name: "darwin-arm64", os: "darwin", cpu: "arm64" },
  "x86_64-apple-darwin": { name: "darwin-x64", os: "darwin", cpu: "x64" },
  "aarch64-unknown-linux-gnu": { name: "linux-arm64", os: "linux", cpu: "arm64", libc: "glibc" },
  "aarch64-unknown-linux-musl": { name: "linux-arm64-musl", os: "linux", cpu: "arm64", libc: "musl" },
  "x86_64-unknown-linux-gnu": { name: "linux-x64", os: "linux", cpu: "x64", libc: "glibc" },
  "x86_64-unknown-linux-musl": { name: "linux-x64-musl", os: "linux", cpu: "x64", libc: "musl" },
  "x86_64-pc-windows-msvc": { name: "win32-x64", os: "win32", cpu: "x64" },
};

const here = dirname(fileURLToPath(import.meta.url));
const [output, ...programs] = process.argv.slice(2);
if (!output || programs.length === 0) {
  console.error("usage: node packaging/npm/build.mjs OUTPUT TARGET=PROGRAM...");
  process.exit(2);
}
const cargo = readFileSync(join(here, "../../Cargo.toml"), "utf8");
const version = cargo.match(/^version = "(.+)"$/m)[1];
const wrapper = JSON.parse(readFileSync(join(here, "connlint/package.json"), "utf8"));
wrapper.version = version;

for (const argument of programs) {
  const [target, program] = argument.split("=");
  const platform = PLATFORMS[target];
  if (!platform) throw new Error(`unknown target: ${target}`);
  const name = `@connlint/cli-${platform.name}`;
  const folder = join(output, `cli-${platform.name}`);
  const file = platform.os === "win32" ? "connlint.exe" : "connlint";
  mkdirSync(folder, { recursive: true });
  copyFileSync(program, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  const { description, license } = wrapper;
  const { os, cpu, libc } = platform;
  const manifest = { name, version, description, license, os: [os], cpu: [cpu], ...(libc && { libc: [libc] }), files: [file] };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  wrapper.optionalDependencies[name] = version;
}
const folder = join(output, "connlint");
cpSync(join(here, "connlint"), folder, { recursive: true });
writeFileSync(join(folder, "package.json"), `${JSON.stringify(wrapper, null, 2)}\n`);
