-- Opens a file in Neovim with editors/neovim/why401.lua, and prints the finding, the page and the text after the fix.
-- Run by tests/editors/run.sh: WHY401=program nvim --headless -u NONE -l … (0.9), or -c 'luafile …' (0.7).
local function fail(says)
  io.stderr:write("neovim: " .. says .. "\n")
  vim.cmd("cquit 1")
end

vim.cmd("luafile editors/neovim/why401.lua")
vim.cmd("edit " .. vim.env.CAPTURE)
local seen = vim.wait(60000, function()
  return #vim.diagnostic.get(0) > 0
end, 50)
if not seen then
  fail("no finding")
end
local finding = vim.diagnostic.get(0)[1]
print(("%d:%d %s [%s]"):format(finding.lnum + 1, finding.col + 1, finding.message:match("^[^.]+"), tostring(finding.code or finding.user_data.lsp.code)))

local position = { line = finding.lnum, character = finding.col + 2 }
local document = { uri = vim.uri_from_bufnr(0) }
local hovers = vim.lsp.buf_request_sync(0, "textDocument/hover", { textDocument = document, position = position }, 60000)
for _, answer in pairs(hovers or {}) do
  print((answer.result.contents.value:match("^[^\n]+")))
end
local actions = vim.lsp.buf_request_sync(0, "textDocument/codeAction", {
  textDocument = document,
  range = { start = position, ["end"] = position },
  context = { diagnostics = {} },
}, 60000)
for id, answer in pairs(actions or {}) do
  local encoding = vim.lsp.get_client_by_id(id).offset_encoding
  vim.lsp.util.apply_workspace_edit(answer.result[1].edit, encoding)
end
print(vim.api.nvim_buf_get_lines(0, finding.lnum, finding.lnum + 1, false)[1])
local gone = vim.wait(60000, function()
  return #vim.diagnostic.get(0) == 0
end, 50)
if not gone then
  fail("the finding is still there after the fix")
end
print("no finding after the fix")
vim.cmd("qall!")
