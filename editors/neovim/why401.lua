-- Starts `why401 lsp` for captured requests (Neovim 0.7 or later). Put this into your configuration, or `:luafile` it.
local client

vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = { "*.http", "*.rest", "*.har", "*.curl", "*.txt", "*.log" },
  callback = function(event)
    local config = { name = "why401", cmd = { vim.env.WHY401 or "why401", "lsp" }, root_dir = vim.fn.getcwd() }
    if vim.lsp.start then
      vim.lsp.start(config)
      return
    end
    client = client or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
