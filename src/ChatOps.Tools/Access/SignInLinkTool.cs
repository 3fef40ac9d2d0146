using ChatOps.Identity;

namespace ChatOps.Tools.Access;

/// <summary>Makes a one-time sign-in link.</summary>
internal sealed partial class SignInLinkTool(ISignInLinks links, CredentialScope scope) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "access.link", "It lets somebody sign in.", $"Make a sign-in link for {call.Arguments.Text("person") ?? call.Principal.Id}", "access link");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (person, refusal) = scope.For(call);
        if (refusal is not null) return refusal;
        if (!links.Served) return ToolAnswer.Failed(FailureCode.NotFound, "There is nothing to sign in to: the web console is off (Channels:Web:Enabled is false). Turn it on and start the gateway again.");
        var link = await links.CreateAsync(person!, cancellationToken);
        return ToolAnswer.Done($"A sign-in link for {person}: it works once, within {links.Lifetime.TotalMinutes:0} minutes.", new { person }) with { OneTimeSecret = link };
    }
}
