using ChatOps.Outside;
using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Testing;

/// <summary>No MCP server.</summary>
public sealed class NoOutsideTools : IOutsideTools, IOutsideRisks
{
    /// <inheritdoc/>
    public IReadOnlyList<OutsideServer> Servers => [];

    /// <inheritdoc/>
    public IReadOnlyList<OutsideTool> All => [];

    /// <inheritdoc/>
    public IReadOnlyList<ToolManifest> Usable => [];

    /// <inheritdoc/>
    public OutsideTool? Find(string name) => null;

    /// <inheritdoc/>
    public string? Problem(OutsideTool tool, ToolArguments arguments) => null;

    /// <inheritdoc/>
    public Task<OutsideResult> CallAsync(OutsideTool tool, ToolArguments arguments, IToolProgress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new OutsideResult(OutsideEnd.NotCalled, "There is none."));

    /// <inheritdoc/>
    public bool Accept(string name, string hash, string by) => false;

    /// <inheritdoc/>
    public (Risk Risk, string Place)? Of(string tool) => null;
}
