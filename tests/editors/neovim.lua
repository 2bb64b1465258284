-- Neovim's built-in client against `demarche lsp`. Run with the program in DEMARCHE and a folder that holds
-- graph.ron and people.ron in FOLDER; prints `ok NAME` for each thing that works, and fails otherwise.
local program, folder = os.getenv("DEMARCHE"), os.getenv("FOLDER")

local function check(name, holds, what)
  if not holds then
    io.stdout:write("FAILED " .. name .. ": " .. vim.inspect(what) .. "\n")
    vim.cmd("cquit 1")
  end
  io.stdout:write("ok " .. name .. "\n")
end

vim.cmd("edit " .. folder .. "/graph.ron")
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "demarche", cmd = { program, "lsp" }, root_dir = folder })
vim.lsp.buf_attach_client(buffer, client)
vim.wait(10000, function() return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized end)

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  local answer = answers and answers[client]
  return answer and (answer.result or answer.error)
end

-- Puts the cursor behind the first place of some words.
local function behind(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local _, last = line:find(words, 1, true)
    if last then
      vim.api.nvim_win_set_cursor(0, { number, last })
      return vim.lsp.util.make_position_params()
    end
  end
  error("no such words: " .. words)
end

-- Diagnostics: the file has one mistake.
vim.wait(10000, function() return #vim.diagnostic.get(buffer) > 0 end)
local found = vim.diagnostic.get(buffer)
check("diagnostics", #found == 1 and found[1].code == "unknown-id", found)

-- Hover.
local hover = ask("textDocument/hover", behind('(actor: "u'))
check("hover", hover and hover.contents.value:find("United States", 1, true), hover)

-- Completion, by a name that is not the id, behind what is typed.
local line = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
for number, text in ipairs(line) do
  if text:find("stances: [", 1, true) then
    vim.api.nvim_buf_set_lines(buffer, number, number, false, { '        (actor: "United' })
  end
end
local completion = ask("textDocument/completion", behind('(actor: "United'))
local items = vim.lsp.util.extract_completion_items(completion)
check("completion", #items == 1 and items[1].label == "us", items)
vim.cmd("undo")

-- Rename, in both files.
local params = behind('(actor: "u')
params.newName = "usa"
local renamed = ask("textDocument/rename", params)
vim.lsp.util.apply_workspace_edit(renamed, "utf-16")
local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
check("rename", text:find('(actor: "usa"', 1, true) and not text:find('"us"', 1, true), text)
local people = vim.fn.bufadd(folder .. "/people.ron")
vim.fn.bufload(people)
local other = table.concat(vim.api.nvim_buf_get_lines(people, 0, -1, false), "\n")
check("rename elsewhere", other:find('"usa": (', 1, true), other)

-- Formatting.
local tidy = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
for number, text in ipairs(tidy) do
  if text:find('(actor: "usa"', 1, true) then
    vim.api.nvim_buf_set_lines(buffer, number - 1, number, false, { "  " .. text:gsub(": ", ":") })
  end
end
vim.lsp.buf.formatting_sync({ tabSize = 4, insertSpaces = true }, 10000)
local formatted = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
-- formatting is checked once the formatter is there

vim.lsp.stop_client(client)
vim.cmd("qall!")
