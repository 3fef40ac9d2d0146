using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Identity;
using ChatOps.Identity.Roles;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Identity;

public sealed class IdentityRegistrationTests
{
    [Fact]
    public async Task A_host_knows_its_owner_before_any_other_service_starts()
    {
        using var bench = new AccessBench();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<AsksForTheOwner>().AddHostedService(p => p.GetRequiredService<AsksForTheOwner>());
        builder.Services.AddSingleton<IToolCatalogue, DefinedTools>().AddIdentity(bench.Options);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Equal("owner", host.Services.GetRequiredService<AsksForTheOwner>().Owner);
        Assert.Equal("owner", host.Services.GetRequiredService<IPrincipals>().Resolve(new("cli", "", "owner"))?.Id);
        Assert.True(host.Services.GetRequiredService<IAuthorizer>().Decide(new("owner", "", [], []), "run", "run", []).Allowed);
        Assert.Equal([bench.Options.WorkspaceFile, bench.Options.DataFile], host.Services.GetServices<IReloadStatus>().Select(s => s.File));
        Assert.Equal("access", Assert.Single(host.Services.GetServices<IHealthPart>()).Name);
        Assert.Null(await host.Services.GetRequiredService<IAccessEditor>().GrantAsync("ana", "viewer", CancellationToken.None));
        Assert.False(host.Services.GetRequiredService<IAccessChanges>().NextChange.IsCancellationRequested);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_bad_file_stops_the_start()
    {
        using var bench = new AccessBench("people:\n  ana: { roles: [nobody] }\n");
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IToolCatalogue, DefinedTools>().AddIdentity(bench.Options);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<ConfigurationProblemsException>(() => host.StartAsync());

        Assert.Equal(2, Assert.Single(refused.Problems).Line);
    }

    [Fact]
    public void The_built_in_roles_name_tools_that_there_are()
    {
        var known = ToolDefinitions.All.SelectMany(tool => new[] { tool.Name, tool.Group }).Append("*").ToHashSet();

        Assert.All(BuiltInRoles.All.SelectMany(role => role.Allow), permission => Assert.Contains(permission.Tool, known));
    }

    [Fact]
    public void A_viewer_may_use_nothing_that_acts_on_a_machine_or_decides()
    {
        var viewer = new Role(BuiltInRoles.All.Single(role => role.Name == "viewer"), BuiltInRoles.File);

        Assert.All(
            ToolDefinitions.All.Where(tool => viewer.Allow.Any(permission => permission.Names(tool.Name, tool.Group))),
            tool => Assert.True(tool is { TargetParameter: null, NeverAsks: false, Recorded: false }, tool.Name));
    }

    private sealed class DefinedTools : IToolCatalogue
    {
        public IReadOnlyList<ToolManifest> All => ToolDefinitions.All;

        public ToolManifest? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
    }

    private sealed class AsksForTheOwner(IOwner owner) : IHostedService
    {
        public string? Owner { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Owner = owner.PrincipalId;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
