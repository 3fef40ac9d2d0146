using ChatOps.Tools;

namespace ChatOps.Outside;

/// <summary>The tools of other programs' servers. They come and go while the gateway runs; each call of one passes the gate like any tool's.</summary>
public interface IOutsideTools
{
    /// <summary>What the names of all of them begin with, and the names of the groups that their servers are.</summary>
    const string Prefix = "mcp_";

    /// <summary>The servers that are configured.</summary>
    IReadOnlyList<OutsideServer> Servers { get; }

    /// <summary>Every tool that a connected server has, in use or not.</summary>
    IReadOnlyList<OutsideTool> All { get; }

    /// <summary>The definitions of those in use, by name.</summary>
    IReadOnlyList<ToolManifest> Usable { get; }

    /// <summary>One of any state; null when no connected server has it.</summary>
    OutsideTool? Find(string name);

    /// <summary>What the tool's own schema, nested as it is, has against arguments: sentences for whoever wrote them. Null for nothing.</summary>
    string? Problem(OutsideTool tool, ToolArguments arguments);

    /// <summary>Calls one that is in use. Failures are values; whether a call that was lost had its effect is not known.</summary>
    Task<OutsideResult> CallAsync(OutsideTool tool, ToolArguments arguments, IToolProgress progress, CancellationToken cancellationToken);

    /// <summary>Accepts the definition that a tool has now. False when it has another than the one that was looked at.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="hash">The definition that was looked at.</param>
    /// <param name="by">Principal.</param>
    bool Accept(string name, string hash, string by);
}
