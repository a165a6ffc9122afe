// A fixture for Playwright: an HTTP Archive for each failed test, in the folder `captures`. Archives hold credentials.
//
//   const { test, expect } = require("./why401");
const base = require("@playwright/test");
const fs = require("fs");
const path = require("path");

const folder = process.env.WHY401_CAPTURES || "captures";

/** The name of the archive of a test. */
const archive = (info) => path.join(folder, `${info.titlePath.join("-").replace(/[^\w.-]+/g, "-")}.har`);

/** Removes the archive of a test that passed. */
const tidy = (info, har) => {
  if (info.status === info.expectedStatus) fs.rmSync(har, { force: true });
};

exports.expect = base.expect;
exports.test = base.test.extend({
  // Pages of a browser.
  contextOptions: async ({ contextOptions }, use, info) => {
    const har = archive(info);
    await use({ ...contextOptions, recordHar: { path: har, content: "embed" } });
    tidy(info, har);
  },
  // Calls of an API without a browser. What Playwright adds to them (cookies, httpCredentials) cannot be seen here, so the
  // archive names no creator: a field that it lacks then counts as unseen, not as missing.
  request: async ({ playwright }, use, info) => {
    const entries = [];
    const pairs = (fields) => Object.entries(fields).map(([name, value]) => ({ name, value }));
    const request = await playwright.request.newContext();
    const fetch = request.fetch.bind(request);
    const watched = (method) => async (url, options = {}) => {
      const response = await fetch(url, { ...options, method: method || options.method || "GET" });
      entries.push({
        request: { method: method || options.method || "GET", url: response.url(), headers: pairs(options.headers || {}) },
        response: { status: response.status(), headers: pairs(response.headers()), content: { text: await response.text() } },
      });
      return response;
    };
    request.fetch = watched();
    for (const name of ["get", "post", "put", "patch", "delete", "head"]) request[name] = watched(name.toUpperCase());
    await use(request);
    await request.dispose();
    if (entries.length && info.status !== info.expectedStatus) {
      const har = archive(info);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(har, JSON.stringify({ log: { version: "1.2", entries } }));
    }
  },
});
