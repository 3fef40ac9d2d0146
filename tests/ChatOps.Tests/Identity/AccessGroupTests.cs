using ChatOps.Identity.Roles;

namespace ChatOps.Tests.Identity;

public sealed class AccessGroupTests
{
    private const string Rules = """
        groups:
          prod-web: "env=prod,role=web"
        roles:
          web:
            allow: [{ tool: run, on: all }]
            deny: [{ tool: run, on: "@prod-web" }]
        people:
          web: { roles: [web] }
          ada: { roles: [admin] }
        """;

    [Fact]
    public async Task A_group_is_there_as_it_is_written_and_follows_the_file()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);
        var groups = new AccessGroups(bench.Files);

        Assert.Equal("env=prod,role=web", Assert.Single(groups.All, g => g.Key == "prod-web").Value.ToString());
        await bench.ReloadAsync(Rules.Replace("env=prod,role=web", "node=web-1", StringComparison.Ordinal));
        Assert.Equal("node=web-1", groups.All["prod-web"].ToString());
    }

    [Fact]
    public async Task A_rule_over_a_group_holds_for_its_nodes()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);
        var inside = AccessBench.Node("web-1", ("env", "prod"), ("role", "web")) with { Groups = ["prod-web"] };
        var outside = AccessBench.Node("web-2", ("env", "dev"), ("role", "web"));

        Assert.False(bench.Decide("web", "run", inside).Allowed);
        Assert.True(bench.Decide("web", "run", outside).Allowed);
        Assert.False(bench.Decide("web", "run", outside, inside).Allowed);
    }

    [Fact]
    public async Task A_group_in_the_gateways_own_file_is_refused()
    {
        var problem = Assert.Single(await AccessBench.ProblemsOfAsync("people: {}", "groups:\n  web: role=web\n"));

        Assert.Equal((2, "groups.web"), (problem.Line, problem.Key));
        Assert.Contains("access.yaml of the workspace", problem.Reason, StringComparison.Ordinal);
    }
}
