using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Identity.Editing;
using ChatOps.Identity.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Identity;

/// <summary>Both access files in a directory of their own, with everything that reads them.</summary>
internal sealed class AccessBench : IDisposable
{
    public static readonly string[] Tools = ["run", "files", "files_read", "files_write", "nodes", "status", "audit", "audit_list", "approvals", "access", "access_grant"];

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("chatops-access-");

    public AccessBench(string? workspace = null, string? data = null)
    {
        Options = new() { WorkspaceFile = Path.Combine(directory.FullName, "workspace.yaml"), DataFile = Path.Combine(directory.FullName, "data.yaml") };
        if (workspace is not null) File.WriteAllText(Options.WorkspaceFile, workspace);
        if (data is not null) File.WriteAllText(Options.DataFile, data);
        Files = New();
        Principals = new(Files);
        Authorizer = new(Files);
        Editor = new(Files);
    }

    public IdentityOptions Options { get; }

    public AccessFiles Files { get; }

    public Principals Principals { get; }

    public Authorizer Authorizer { get; }

    public AccessEditor Editor { get; }

    public static async Task<AccessBench> LoadedAsync(string? workspace = null, string? data = null)
    {
        var bench = new AccessBench(workspace, data);
        await bench.Files.LoadAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>What stops the start, as <c>workspace:LINE KEY</c> or <c>data:LINE KEY</c>.</summary>
    public static async Task<IReadOnlyList<ConfigurationProblem>> ProblemsOfAsync(string workspace, string? data = null)
    {
        using var bench = new AccessBench(workspace, data);
        var refused = await Assert.ThrowsAsync<ConfigurationProblemsException>(() => bench.Files.LoadAsync(CancellationToken.None));
        return refused.Problems;
    }

    /// <summary>Another process's view of the same files.</summary>
    public AccessFiles New() => new(Options, new(() => Tools), TimeProvider.System, NullLogger<AccessFiles>.Instance);

    public Task ReloadAsync(string workspace)
    {
        File.WriteAllText(Options.WorkspaceFile, workspace);
        return Files.ReloadAsync(CancellationToken.None);
    }

    public AccessDecision Decide(string person, string tool, params NodeInfo[] nodes) =>
        Authorizer.Decide(Principals.Find(person)!, tool, tool.Split('_')[0], nodes);

    public static NodeInfo Node(string name, params (string Key, string Value)[] labels) =>
        new(name, labels.ToDictionary(l => l.Key, l => l.Value), NodeState.Online, new Dictionary<string, string>(), default);

    public void Dispose()
    {
        Files.Dispose();
        directory.Delete(recursive: true);
    }
}
