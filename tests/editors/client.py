"""pytest-lsp against `demarche lsp`: the program in DEMARCHE, a folder with graph.ron and people.ron in FOLDER."""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

FOLDER = pathlib.Path(os.environ["FOLDER"])
GRAPH = (FOLDER / "graph.ron").as_uri()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["DEMARCHE"], "lsp"]))
async def client(lsp_client: LanguageClient):
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams):
        return None

    params = types.InitializeParams(capabilities=client_capabilities("visual-studio-code"))
    await lsp_client.initialize_session(params)
    text = (FOLDER / "graph.ron").read_text()
    lsp_client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=GRAPH, language_id="ron", version=1, text=text)
        )
    )
    yield lsp_client
    await lsp_client.shutdown_session()


def position(words: str) -> types.Position:
    for number, line in enumerate((FOLDER / "graph.ron").read_text().splitlines()):
        if words in line:
            return types.Position(line=number, character=line.index(words) + len(words))
    raise AssertionError(words)


HERE = types.TextDocumentIdentifier(uri=GRAPH)


@pytest.mark.asyncio
async def test_diagnostics(client: LanguageClient):
    for _ in range(100):
        if client.diagnostics.get(GRAPH):
            break
        await asyncio.sleep(0.1)
    assert [found.code for found in client.diagnostics[GRAPH]] == ["unknown-id"]


@pytest.mark.asyncio
async def test_questions(client: LanguageClient):
    us = position('(actor: "u')
    hover = await client.text_document_hover_async(types.HoverParams(text_document=HERE, position=us))
    assert "United States" in hover.contents.value
    items = await client.text_document_completion_async(types.CompletionParams(text_document=HERE, position=us))
    assert "us" in [item.label for item in items.items]
    found = await client.text_document_definition_async(types.DefinitionParams(text_document=HERE, position=us))
    assert found.uri == (FOLDER / "people.ron").as_uri()
    edit = await client.text_document_rename_async(types.RenameParams(text_document=HERE, position=us, new_name="usa"))
    assert set(edit.changes) == {GRAPH, (FOLDER / "people.ron").as_uri()}
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=HERE))
    assert [symbol.name for symbol in symbols] == ["include", "sources", "issues", "stances"]
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(text_document=HERE))
    assert len(tokens.data) > 0
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=HERE,
            range=types.Range(start=position('actor: "chna'), end=position('actor: "chna')),
            context=types.CodeActionContext(diagnostics=[]),
        )
    )
    assert any("china" in action.title for action in actions)
