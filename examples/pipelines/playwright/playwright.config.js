// Settings of the recipe. The fixture in why401.js keeps an HTTP Archive of each test that failed; then: why401 check captures
const { defineConfig } = require("@playwright/test");

module.exports = defineConfig({ testDir: "tests", reporter: "line" });
