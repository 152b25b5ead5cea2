// Drives the workbench in headless Chromium and prints the Problems panel and the quick fixes.
"use strict";
const { chromium } = require("playwright-core");

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  await page.goto(`http://127.0.0.1:8123/?folder=${process.env.SITE}`, { timeout: 60000 });
  await page.waitForSelector(".monaco-workbench", { timeout: 60000 });
  await page.waitForTimeout(4000);
  await page.keyboard.press("Control+p");
  await page.waitForTimeout(1000);
  await page.keyboard.type("a.md");
  await page.waitForTimeout(1500);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".view-lines", { timeout: 30000 });
  await page.keyboard.press("Control+Shift+m");
  let rows = [];
  for (let tries = 0; tries < 80 && rows.length < 2; tries++) {
    await page.waitForTimeout(500);
    rows = await page.$$eval(".markers-panel-container .monaco-list-row", (found) =>
      found.map((row) => row.innerText.replace(/\s+/g, " ")),
    );
  }
  rows.forEach((row) => console.log(`problem: ${row}`));
  let actions = [];
  for (let tries = 0; tries < 5 && actions.length < 2; tries++) {
    await page.keyboard.press("Escape");
    await page.click(".view-lines .view-line:nth-child(1)");
    await page.keyboard.press("Control+Home");
    for (let line = 0; line < 10; line++) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Control+.");
    await page.waitForTimeout(2500);
    actions = await page.$$eval(".action-widget .monaco-list-row", (found) => found.map((row) => row.innerText.trim()));
  }
  actions.forEach((action) => console.log(`action: ${action}`));
  await page.screenshot({ path: `${process.env.PICTURES}/vscode.png` });
  await page.keyboard.press("Escape");
  await page.keyboard.type(" ");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(3000);
  await browser.close();
}

main().catch((error) => {
  console.error(String(error).slice(0, 800));
  process.exit(1);
});
