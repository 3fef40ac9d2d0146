using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Lists API tokens.</summary>
internal sealed partial class TokenListTool(IStore store, TimeProvider time, CredentialScope scope) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List API tokens");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var tokens = await store.ReadAsync(s => TokenText.Visible(s, call, scope.IsAdmin(call), time.GetUtcNow()), cancellationToken);
        if (tokens.Count == 0) return ToolAnswer.Done("There are no API tokens.", RichMessage.Text("There are no API tokens."), Array.Empty<object>());
        var rows = tokens.Select(t => (IReadOnlyList<string>)
            [TokenText.Id(t.Hash), t.Name, t.Principal, $"{t.ExpiresAt:yyyy-MM-dd HH:mm} UTC", t.LastUsedAt is { } used ? $"{used:yyyy-MM-dd HH:mm} UTC" : "never"]).ToList();
        return ToolAnswer.Done(
            $"{tokens.Count} API token{(tokens.Count == 1 ? "" : "s")}.",
            new RichMessage([new TableBlock(["Id", "Name", "Acts as", "Until", "Last used"], rows)]),
            tokens.Select(t => new { id = TokenText.Id(t.Hash), name = t.Name, person = t.Principal, createdAt = t.CreatedAt, expiresAt = t.ExpiresAt, lastUsedAt = t.LastUsedAt }).ToList());
    }
}
