using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>Applies the redactor to every text of a result.</summary>
internal sealed class ResultRedactor(IRedactor redactor)
{
    public ToolResult Redact(ToolResult result) => result with
    {
        Summary = Plain(result.Summary),
        Message = Redact(result.Message),
        DataJson = RedactJson(result.DataJson),
    };

    public RichMessage Redact(RichMessage message) => new(message.Blocks.Select(Redact).ToList());

    private Block Redact(Block block) => block switch
    {
        TextBlock text => text with { Markdown = Plain(text.Markdown) },
        // Colours are part of an output's meaning; renderers turn them into classes or drop them.
        CodeBlock code => new CodeBlock(redactor.Redact(redactor.Neutralise(code.Text, keepColours: true)), code.Title is null ? null : Plain(code.Title)),
        FieldsBlock fields => new FieldsBlock(fields.Fields.Select(f => RedactField(f)).ToList()),
        TableBlock table => new TableBlock(table.Columns, table.Rows.Select(r => (IReadOnlyList<string>)r.Select(Plain).ToList()).ToList()),
        ProgressBlock progress => progress with { Label = Plain(progress.Label) },
        FileBlock file => file with { Name = Plain(file.Name) },
        CardBlock card => card with { Title = Plain(card.Title) },
        PageBlock page => page with { Label = Plain(page.Label) },
        ActionsBlock actions => actions,
        _ => throw new InvalidOperationException($"A block of type {block.GetType().Name} has no redaction."),
    };

    private Field RedactField(Field field) => new(Plain(field.Label), Plain(field.Value));

    private string Plain(string text) => redactor.Redact(redactor.Neutralise(text));

    private string RedactJson(string json)
    {
        var node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 32 });
        return Walk(node)?.ToJsonString(Json.Options) ?? "null";
    }

    private JsonNode? Walk(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(Plain(p.Key), Walk(p.Value)))),
        JsonArray a => new JsonArray(a.Select(Walk).ToArray()),
        JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(redactor.Redact(redactor.Neutralise(text, keepColours: true))),
        _ => node?.DeepClone(),
    };
}
