using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Outside;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Tools;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Mcp.Using;

/// <summary>The servers of <c>Mcp:Servers</c> and their tools.</summary>
internal sealed class OutsideServers(McpOptions options, ToolPins pins, ITextScan scan, IEgress egress, ISecretReferences secrets, TimeProvider time) : BackgroundService, IOutsideTools, IHealthPart
{
    private readonly IReadOnlyList<OutsideServerLink> links = [.. options.Servers.Select(s => new OutsideServerLink(s, pins, scan, egress, secrets, time))];

    public string Name => "mcp";

    public IReadOnlyList<OutsideServer> Servers => [.. links.Select(l => l.Server)];

    public IReadOnlyList<OutsideTool> All => links.Count == 0 ? [] : [.. links.SelectMany(l => l.Tools).OrderBy(t => t.Manifest.Name, StringComparer.Ordinal)];

    public IReadOnlyList<ToolManifest> Usable => links.Count == 0 ? [] : [.. All.Where(t => t.WhyNot is null).Select(t => t.Manifest)];

    public OutsideTool? Find(string name) => links.Select(l => l.Find(name)).FirstOrDefault(t => t is not null);

    public string? Problem(OutsideTool tool, ToolArguments arguments) => ToolTranslation.Problem(tool, arguments);

    public Task<OutsideResult> CallAsync(OutsideTool tool, ToolArguments arguments, IToolProgress progress, CancellationToken cancellationToken) =>
        links.First(l => l.Name == tool.Server).CallAsync(tool, arguments, progress, cancellationToken);

    public bool Accept(string name, string hash, string by) => Find(name) is { } tool && links.First(l => l.Name == tool.Server).Accept(tool, hash, by);

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var servers = Servers;
        var down = servers.Where(s => !s.Connected).Select(s => $"{s.Name}: {s.State}").ToList();
        var facts = servers.ToDictionary(s => s.Name, s => s.Connected ? "connected" : "not connected");
        return Task.FromResult(down.Count > 0 ? new PartHealth(PartState.Degraded, string.Join(" ", down), facts)
            : new PartHealth(PartState.Ok, servers.Count == 0 ? "No MCP server is configured." : "Every MCP server is connected.", facts));
    }

    public override void Dispose()
    {
        foreach (var link in links) link.Dispose();
        base.Dispose();
    }

    // A gateway of one command is gone before a program has greeted.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.UseServers ? Task.WhenAll(links.Select(l => l.KeepAsync(stoppingToken))) : Task.CompletedTask;
}
