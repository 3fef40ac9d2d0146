using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Ends an API token.</summary>
internal sealed partial class TokenRevokeTool(IStore store, TimeProvider time, CredentialScope scope) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("access.token", "It takes a credential away.", $"End the API token {call.Arguments.Required("id")}", $"access token revoke {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        var ended = await store.WriteAsync(
            s => TokenText.Visible(s, call, scope.IsAdmin(call), time.GetUtcNow()).FirstOrDefault(t => TokenText.Id(t.Hash) == id) is { } token && s.Credentials.Remove(token.Hash),
            cancellationToken);
        return ended
            ? ToolAnswer.Done($"The API token {id} has ended.", new { id })
            : ToolAnswer.Failed(FailureCode.NotFound, $"There is no API token '{id}' that you may end. 'access token list' lists them.");
    }
}
