namespace ChatOps.Tests.Identity;

public sealed class PrincipalsTests
{
    private const string People = """
        people:
          ana:
            name: Ana
            roles: [operator]
            identities: ["telegram:12345", "slack:T01:U02"]
          ada: { roles: [admin] }
        """;

    [Fact]
    public async Task Several_actors_are_one_principal()
    {
        using var bench = await AccessBench.LoadedAsync(People);

        var telegram = bench.Principals.Resolve(new("telegram", "", "12345", "Somebody"));
        var slack = bench.Principals.Resolve(new("slack", "T01", "U02"));
        var web = bench.Principals.Resolve(new("web", "", "ana"));

        Assert.Equal("ana", telegram?.Id);
        Assert.Same(telegram, slack);
        Assert.Same(telegram, web);
        Assert.Equal(["telegram:12345", "slack:T01:U02"], telegram!.Identities);
    }

    [Theory]
    [InlineData("telegram", "", "54321")]
    [InlineData("telegram", "", "ana")]
    [InlineData("Telegram", "", "12345")]
    [InlineData("telegram", "", "12345 ")]
    [InlineData("telegram", "x", "12345")]
    [InlineData("slack", "", "T01:U02")]
    [InlineData("slack:T01", "", "U02")]
    [InlineData("web", "", "Ana")]
    [InlineData("web", "", "telegram:12345")]
    [InlineData("web", "telegram", "ana")]
    [InlineData("web", "", "")]
    [InlineData("", "", "ana")]
    [InlineData("Web", "", "ana")]
    [InlineData("web:", "", "ana")]
    public async Task Whoever_is_not_exactly_listed_is_a_stranger(string channel, string tenant, string id)
    {
        using var bench = await AccessBench.LoadedAsync(People);

        Assert.Null(bench.Principals.Resolve(new(channel, tenant, id, "Ana")));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("cli")]
    [InlineData("api")]
    public async Task Our_own_channels_know_people_by_their_name(string channel)
    {
        using var bench = await AccessBench.LoadedAsync(People);

        Assert.Equal("ada", bench.Principals.Resolve(new(channel, "", "ada"))?.Id);
        Assert.Null(bench.Principals.Resolve(new(channel, "", "nobody")));
    }

    [Fact]
    public async Task The_first_start_makes_an_owner_and_the_second_keeps_it()
    {
        using var bench = await AccessBench.LoadedAsync();

        Assert.Equal("owner", bench.Principals.PrincipalId);
        Assert.Equal(["admin"], bench.Principals.Find("owner")!.Roles);
        var written = await File.ReadAllTextAsync(bench.Options.DataFile);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Options.DataFile));

        using var again = bench.New();
        await again.LoadAsync(CancellationToken.None);
        Assert.Equal("owner", again.Snapshot.OwnerId);
        Assert.Equal(written, await File.ReadAllTextAsync(bench.Options.DataFile));
    }

    [Fact]
    public async Task An_admin_of_the_operators_file_is_the_owner_and_nobody_is_made()
    {
        using var bench = await AccessBench.LoadedAsync(People);

        Assert.Equal("ada", bench.Principals.PrincipalId);
        Assert.Equal(["ada", "ana"], bench.Principals.All().Select(p => p.Id));
        Assert.True(File.Exists(bench.Options.DataFile));
    }

    [Fact]
    public async Task The_gateways_own_admin_comes_before_the_operators()
    {
        using var bench = await AccessBench.LoadedAsync(People, "people:\n  zoe: { roles: [admin] }\n");

        Assert.Equal("zoe", bench.Principals.PrincipalId);
    }

    [Fact]
    public async Task Nobody_becomes_admin_for_being_called_owner()
    {
        using var bench = await AccessBench.LoadedAsync("people:\n  owner: { roles: [viewer], identities: ['telegram:1'] }\n");

        Assert.Equal("owner-2", bench.Principals.PrincipalId);
        Assert.Equal(["viewer"], bench.Principals.Resolve(new("telegram", "", "1"))!.Roles);
    }

    [Fact]
    public async Task A_person_of_both_files_has_the_roles_and_identities_of_both()
    {
        using var bench = await AccessBench.LoadedAsync(People, """
            people:
              ana: { name: "Other", roles: [viewer, operator], identities: ["telegram:12345", "discord:7"] }
            """);

        var ana = bench.Principals.Find("ana")!;
        Assert.Equal("Ana", ana.DisplayName);
        Assert.Equal(["operator", "viewer"], ana.Roles);
        Assert.Equal(["telegram:12345", "slack:T01:U02", "discord:7"], ana.Identities);
    }

    [Fact]
    public async Task An_identity_of_two_people_in_two_files_stops_the_start_with_both_places()
    {
        var problem = Assert.Single(await AccessBench.ProblemsOfAsync(People, "people:\n  ben:\n    identities:\n      - slack:T01:U02\n"));

        Assert.EndsWith("data.yaml", problem.File, StringComparison.Ordinal);
        Assert.Equal(4, problem.Line);
        Assert.Matches(@"already belongs to ana \(.*workspace\.yaml:5\)", problem.Reason);
    }

    [Fact]
    public async Task A_role_of_one_file_can_be_given_in_the_other_but_is_written_once()
    {
        const string role = "roles:\n  dev:\n    allow: [{ tool: run, on: all }]\n";
        using var bench = await AccessBench.LoadedAsync(role, "people:\n  ana: { roles: [dev] }\n");
        Assert.True(bench.Decide("ana", "run").Allowed);

        var problem = Assert.Single(await AccessBench.ProblemsOfAsync(role, role));
        Assert.Equal(("roles.dev", 2), (problem.Key, problem.Line));
    }
}
