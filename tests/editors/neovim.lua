-- Works on Neovim 0.7 and later.
local out = {}
local function log(text) table.insert(out, text) end
local id = vim.lsp.start_client({ name = 'connlint', cmd = { vim.env.CONNLINT, 'server' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, id)
vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 5)
for _, found in ipairs(vim.diagnostic.get(0)) do
  log(string.format('%d:%d %s %s', found.lnum + 1, found.col + 1, found.code, vim.split(found.message, '\n')[1]))
end
local before = #vim.diagnostic.get(0)
local params = {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(0), character = 0 } },
  context = { diagnostics = {} },
}
local client = vim.lsp.get_client_by_id(id)
local fix_all
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 5000) or {}) do
  for _, action in ipairs(answer.result or {}) do
    log('action: ' .. action.title)
    if action.kind == 'source.fixAll.connlint' then fix_all = action end
  end
end
if fix_all then vim.lsp.util.apply_workspace_edit(fix_all.edit, client.offset_encoding) end
vim.wait(5000, function() return #vim.diagnostic.get(0) < before end, 5)
log('left after the fix: ' .. #vim.diagnostic.get(0))
vim.cmd('silent write')
vim.fn.writefile(out, vim.env.RESULT)
vim.lsp.stop_client(id)
vim.wait(300, function() return false end, 50)
vim.cmd('qall!')
