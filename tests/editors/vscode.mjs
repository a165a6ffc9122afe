// Opens a ticket in a real VS Code, sees the finding of `why401 lsp` in it, asks for the page of the cause and takes the quick fix.
// Started by vscode.sh: node vscode.mjs ADDRESS TICKET CHROMIUM PICTURE
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [address, ticket, executablePath, picture] = process.argv.slice(2);
const LONG = 60_000;

const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
try {
  const open = new URLSearchParams({ folder: ticket.replace(/\/[^/]*$/, ""), payload: JSON.stringify([["openFile", `vscode-remote://${new URL(address).host}${ticket}`]]) });
  await tab.goto(`${address}/?${open}`, { timeout: LONG });
  await tab.locator(".monaco-editor .view-line").first().waitFor({ timeout: LONG });

  // The squiggle in the text, and the line of the Problems panel.
  await tab.locator(".squiggly-error").first().waitFor({ timeout: LONG });
  await tab.keyboard.press("Control+Shift+M");
  const problem = tab.locator(".markers-panel .monaco-list-row").filter({ hasText: "missing-bearer-prefix" });
  await problem.first().waitFor({ timeout: LONG });
  console.log(`problem: ${(await problem.first().innerText()).replace(/\s+/g, " ")}`);

  // The page of the cause, under the pointer.
  const line = tab.locator(".view-line").filter({ hasText: "Authorization:" }).first();
  const onToken = { position: { x: 160, y: 8 } };
  await line.hover(onToken);
  const hover = tab.locator(".monaco-hover .hover-contents").filter({ hasText: "Bearer" });
  await hover.first().waitFor({ timeout: LONG });
  const pages = (await hover.allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  console.log(`under the pointer: ${pages.map((text) => `${text.slice(0, 60)}… (${text.length} characters)`).join(" | ")}`);
  await tab.screenshot({ path: picture });

  // The quick fix writes the correction into the document, and the finding goes.
  await line.click(onToken);
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("Control+.");
  const action = tab.locator(".action-widget .monaco-list-row.action").first();
  await action.waitFor({ timeout: LONG });
  console.log(`quick fix: ${(await action.innerText()).trim()}`);
  await tab.keyboard.press("Enter");
  await tab.locator(".view-line").filter({ hasText: /Authorization:\s*Bearer\s/ }).first().waitFor({ timeout: LONG });
  await problem.first().waitFor({ state: "detached", timeout: LONG });
  assert.equal(await problem.count(), 0);
  console.log(`corrected, and the finding is gone (Chromium ${browser.version()})`);
} catch (error) {
  await tab.screenshot({ path: picture });
  throw error;
} finally {
  await browser.close();
}
