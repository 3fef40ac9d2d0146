using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>What a principal could use: what help shows and completion offers.</summary>
/// <param name="grammar">All commands.</param>
/// <param name="authorizer">Permissions in force now.</param>
internal sealed class VisibleCommands(ChatCommandLine grammar, IAuthorizer authorizer)
{
    /// <summary>The commands that the principal could use on some target.</summary>
    public IReadOnlyList<ToolManifest> For(Principal principal) => Among(grammar.Manifests, principal);

    /// <summary>Those of some tools that the principal could use.</summary>
    public IReadOnlyList<ToolManifest> Among(IReadOnlyList<ToolManifest> manifests, Principal principal) =>
        manifests.Where(m => m.ForEverybody || authorizer.CouldUse(principal, m.Name, m.Group)).ToList();
}
