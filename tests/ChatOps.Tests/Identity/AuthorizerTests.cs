using ChatOps.Identity;

namespace ChatOps.Tests.Identity;

public sealed class AuthorizerTests
{
    private const string Rules = """
        roles:
          web:
            description: The web tier
            allow:
              - { tool: run, on: "role=web" }
              - { tool: files, on: "role=web" }
          staging:
            allow:
              - { tool: run, on: "env=staging" }
              - { tool: "*", on: "env=staging" }
          careful:
            deny:
              - { tool: run, on: "env=prod" }
          frozen:
            deny:
              - { tool: "*", on: all }
        people:
          ada: { roles: [admin] }
          web: { roles: [web] }
          both: { roles: [web, staging] }
          careful: { roles: [admin, careful] }
          frozen: { roles: [admin, frozen] }
          op: { roles: [operator] }
          vic: { roles: [viewer] }
          nobody: {}
        """;

    private static readonly ChatOps.Fleet.NodeInfo WebProd = AccessBench.Node("web-1", ("role", "web"), ("env", "prod"));
    private static readonly ChatOps.Fleet.NodeInfo DbStaging = AccessBench.Node("db-2", ("role", "db"), ("env", "staging"));
    private static readonly ChatOps.Fleet.NodeInfo DbProd = AccessBench.Node("db-1", ("role", "db"), ("env", "prod"));

    [Fact]
    public async Task Nothing_is_allowed_by_default()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        var decision = bench.Decide("nobody", "run", WebProd);

        Assert.False(decision.Allowed);
        Assert.Null(decision.Rule);
        Assert.Equal("Nothing allows nobody to use run on web-1; nobody has no role. It would be allowed by the role operator or admin or web.", decision.Reason);
    }

    [Fact]
    public async Task An_allowed_use_names_the_rule_with_file_and_line()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        var decision = bench.Decide("web", "run", WebProd);

        Assert.True(decision.Allowed);
        Assert.Equal(new AccessRule("role web allows run on role=web", bench.Options.WorkspaceFile, 5), decision.Rule);
        Assert.Equal($"web may use run on web-1: role web allows run on role=web ({bench.Options.WorkspaceFile}:5).", decision.Reason);
    }

    [Fact]
    public async Task A_group_of_tools_covers_each_of_them()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.Equal(6, bench.Decide("web", "files_read", WebProd).Rule?.Line);
        Assert.False(bench.Decide("web", "nodes", WebProd).Allowed);
    }

    [Fact]
    public async Task Every_node_must_be_allowed_by_some_role()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.True(bench.Decide("both", "run", WebProd, DbStaging).Allowed);
        var decision = bench.Decide("both", "run", WebProd, DbStaging, DbProd);
        Assert.False(decision.Allowed);
        Assert.StartsWith("Nothing allows both to use run on db-1; both has the roles web, staging.", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deny_beats_every_allow_of_every_role()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        var decision = bench.Decide("careful", "run", DbStaging, DbProd);

        Assert.False(decision.Allowed);
        Assert.Equal(13, decision.Rule?.Line);
        Assert.Equal($"careful may not use run on db-1: role careful denies run on env=prod ({bench.Options.WorkspaceFile}:13).", decision.Reason);
        Assert.True(bench.Decide("careful", "run", DbStaging).Allowed);
        Assert.True(bench.Decide("careful", "files_read", DbProd).Allowed);
    }

    [Fact]
    public async Task What_acts_on_the_gateway_itself_needs_a_rule_on_all()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.False(bench.Decide("both", "access_grant").Allowed);
        Assert.True(bench.Decide("ada", "access_grant").Allowed);
        Assert.True(bench.Decide("careful", "access_grant").Allowed);
        Assert.False(bench.Decide("frozen", "access_grant").Allowed);
    }

    [Fact]
    public async Task The_built_in_roles_do_what_they_say()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.True(bench.Decide("vic", "status").Allowed);
        Assert.True(bench.Decide("vic", "audit_list").Allowed);
        Assert.False(bench.Decide("vic", "run", WebProd).Allowed);
        Assert.False(bench.Decide("vic", "files_read", WebProd).Allowed);
        Assert.True(bench.Decide("op", "run", WebProd, DbProd).Allowed);
        Assert.True(bench.Decide("op", "files_write", WebProd).Allowed);
        Assert.True(bench.Decide("op", "approvals").Allowed);
        Assert.False(bench.Decide("op", "access_grant").Allowed);
        Assert.Equal("op may use run on web-1: role operator allows run on all (built-in).", bench.Decide("op", "run", WebProd).Reason);
    }

    [Fact]
    public async Task Roles_are_looked_up_at_the_decision_and_not_taken_from_the_record()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);
        var before = bench.Principals.Find("op")!;

        await bench.ReloadAsync(Rules.Replace("op: { roles: [operator] }", "op: { roles: [] }", StringComparison.Ordinal));
        Assert.False(bench.Authorizer.Decide(before, "run", "run", [WebProd]).Allowed);

        await bench.ReloadAsync(Rules.Replace("  op: { roles: [operator] }", "", StringComparison.Ordinal));
        var gone = bench.Authorizer.Decide(before, "run", "run", [WebProd]);
        Assert.False(gone.Allowed);
        Assert.Equal("Nobody called op is in access.yaml (any more).", gone.Reason);
    }

    [Fact]
    public async Task A_record_with_forged_roles_gains_nothing()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.False(bench.Authorizer.Decide(new("vic", "Vic", ["admin"], []), "run", "run", [WebProd]).Allowed);
    }

    [Fact]
    public async Task Who_could_use_a_tool_somewhere_is_known_for_help()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        Assert.True(CouldUse("web", "run"));
        Assert.True(CouldUse("careful", "run"));
        Assert.False(CouldUse("web", "nodes"));
        Assert.False(CouldUse("frozen", "run"));
        bool CouldUse(string person, string tool) => bench.Authorizer.CouldUse(bench.Principals.Find(person)!, tool, tool);
    }

    [Fact]
    public async Task Many_nodes_are_named_by_a_few()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);
        var nodes = Enumerable.Range(1, 20).Select(i => AccessBench.Node($"n{i}")).ToArray();

        Assert.Contains(" on n1, n2, n3 and 17 more;", bench.Decide("vic", "run", nodes).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_roles_are_shown_with_their_rules()
    {
        using var bench = await AccessBench.LoadedAsync(Rules);

        var roles = bench.Authorizer.Roles();

        Assert.Equal(["viewer", "operator", "watcher", "admin", "web", "staging", "careful", "frozen"], roles.Select(r => r.Name));
        Assert.Equal("The web tier", roles[4].Description);
        Assert.Equal("role admin allows everything on all (built-in)", Assert.Single(roles[3].Allow).ToString());
        Assert.Equal($"role careful denies run on env=prod ({bench.Options.WorkspaceFile}:13)", Assert.Single(roles[6].Deny).ToString());
    }

    [Fact]
    public void Before_the_files_are_loaded_nobody_may_do_anything()
    {
        using var bench = new AccessBench(Rules);

        Assert.Null(bench.Principals.Resolve(new("web", "", "ada")));
        Assert.False(bench.Authorizer.Decide(new("ada", "Ada", ["admin"], []), "status", "status", []).Allowed);
    }
}
