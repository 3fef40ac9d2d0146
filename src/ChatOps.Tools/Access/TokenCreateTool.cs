using System.Security.Cryptography;
using System.Text;
using ChatOps.Storage;

namespace ChatOps.Tools.Access;

/// <summary>Makes an API token.</summary>
internal sealed partial class TokenCreateTool(IStore store, IIdGenerator ids, TimeProvider time, CredentialScope scope) : ITool
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(365);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "access.token", "It lets a program act as a person.", $"Make an API token for {call.Arguments.Text("person") ?? call.Principal.Id}", $"access token create {call.Arguments.Required("name")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (person, refusal) = scope.For(call);
        if (refusal is not null) return refusal;
        var lifetime = call.Arguments.Duration("ttl")!.Value;
        if (lifetime > MaxLifetime) return ToolAnswer.Failed(FailureCode.BadArguments, "A token lasts at most 365d.");

        var secret = "chatops_" + ids.NewSecret();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        var now = time.GetUtcNow();
        var name = call.Arguments.Required("name");
        await store.WriteAsync(
            s =>
            {
                s.Credentials.Add(new Credential(hash, CredentialKind.ApiToken, person!, name, now, now + lifetime, null));
                return true;
            },
            cancellationToken);
        return ToolAnswer.Done($"An API token '{name}' for {person}, until {now + lifetime:yyyy-MM-dd}. It is shown once.", new { id = TokenText.Id(hash), person, name, expiresAt = now + lifetime })
            with { OneTimeSecret = secret };
    }
}
