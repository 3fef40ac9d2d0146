namespace ChatOps.Tests.Identity;

public sealed class AccessEditorTests
{
    private const string Workspace = """
        roles:
          dev: { allow: [{ tool: run, on: "env=dev" }] }
        people:
          ana: { name: Ana, roles: [operator], identities: ["telegram:1"] }
        """;

    [Fact]
    public async Task A_granted_role_counts_at_once_and_after_a_restart()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.Null(await bench.Editor.GrantAsync("ben", "dev", CancellationToken.None));
        Assert.Null(await bench.Editor.GrantAsync("ana", "dev", CancellationToken.None));

        Assert.Equal(["dev"], bench.Principals.Find("ben")!.Roles);
        Assert.Equal(["operator", "dev"], bench.Principals.Find("ana")!.Roles);
        Assert.Equal(Workspace, await File.ReadAllTextAsync(bench.Options.WorkspaceFile));
        using var again = bench.New();
        await again.LoadAsync(CancellationToken.None);
        Assert.Equal(["operator", "dev"], again.Snapshot.Find("ana")!.Principal.Roles);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Options.DataFile));
    }

    [Fact]
    public async Task What_is_so_already_writes_nothing()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        var before = await File.ReadAllTextAsync(bench.Options.DataFile);

        Assert.Null(await bench.Editor.GrantAsync("ana", "operator", CancellationToken.None));
        Assert.Null(await bench.Editor.LinkAsync("ana", new("telegram", "", "1"), CancellationToken.None));

        Assert.Equal(before, await File.ReadAllTextAsync(bench.Options.DataFile));
    }

    [Theory]
    [InlineData("ana", "operater", "there is no role 'operater'; did you mean 'operator'?")]
    [InlineData("An a", "operator", "'An a' cannot be the name of a person")]
    [InlineData("web:ana", "operator", "'web:ana' cannot be the name of a person")]
    [InlineData("a\u202Eb", "operator", "'a?b' cannot be the name of a person")]
    public async Task A_grant_that_cannot_be_says_why(string person, string role, string reason)
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.StartsWith(reason, await bench.Editor.GrantAsync(person, role, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_role_is_gone_at_once()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        await bench.Editor.GrantAsync("ben", "operator", CancellationToken.None);
        Assert.True(bench.Decide("ben", "run").Allowed);

        Assert.Null(await bench.Editor.RevokeAsync("ben", "operator", CancellationToken.None));

        Assert.False(bench.Decide("ben", "run").Allowed);
        Assert.Empty(bench.Principals.Find("ben")!.Roles);
    }

    [Fact]
    public async Task A_role_that_the_operator_wrote_is_named_with_its_line_and_stays()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        var refusal = await bench.Editor.RevokeAsync("ana", "operator", CancellationToken.None);

        Assert.Contains($"{bench.Options.WorkspaceFile}:4", refusal, StringComparison.Ordinal);
        Assert.Equal(["operator"], bench.Principals.Find("ana")!.Roles);
    }

    [Fact]
    public async Task The_last_admin_cannot_be_taken_away()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.Contains("nobody would have the role admin", await bench.Editor.RevokeAsync("owner", "admin", CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal(["admin"], bench.Principals.Find("owner")!.Roles);

        Assert.Null(await bench.Editor.GrantAsync("ana", "admin", CancellationToken.None));
        Assert.Null(await bench.Editor.RevokeAsync("owner", "admin", CancellationToken.None));
        Assert.Equal("ana", bench.Principals.PrincipalId);
        Assert.NotNull(await bench.Editor.RevokeAsync("ana", "admin", CancellationToken.None));
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 50; round++)
        {
            using var bench = await AccessBench.LoadedAsync(data: "people:\n  a: { roles: [admin] }\n  b: { roles: [admin] }\n");

            var answers = await Task.WhenAll(
                Task.Run(() => bench.Editor.RevokeAsync("a", "admin", CancellationToken.None)),
                Task.Run(() => bench.Editor.RevokeAsync("b", "admin", CancellationToken.None)));

            Assert.Single(answers, answer => answer is null);
            Assert.Single(bench.Principals.All(), p => p.Roles.Contains("admin"));
        }
    }

    [Fact]
    public async Task A_revocation_names_who_is_unknown_and_what_is_not_held()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.Equal("there is no person 'anna'; did you mean 'ana'?", await bench.Editor.RevokeAsync("anna", "dev", CancellationToken.None));
        Assert.Equal("ana does not have the role 'dev'; ana has operator.", await bench.Editor.RevokeAsync("ana", "dev", CancellationToken.None));
    }

    [Fact]
    public async Task A_linked_actor_is_that_person()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.Null(await bench.Editor.LinkAsync("ana", new("slack", "T1", "U1", "Ana"), CancellationToken.None));

        Assert.Equal("ana", bench.Principals.Resolve(new("slack", "T1", "U1"))?.Id);
    }

    [Theory]
    [InlineData("telegram", "", "1", "already linked to ana")]
    [InlineData("web", "", "ben", "not an identity to list")]
    [InlineData("cli", "", "ben", "not an identity to list")]
    [InlineData("slack", "", "T1:U1", "colon")]
    [InlineData("slack", "", "U 1", "channel:id")]
    [InlineData("slack", "", "", "channel:id")]
    [InlineData("slack", "", "U\"1\n2", "channel:id")]
    public async Task An_actor_that_cannot_be_linked_says_why(string channel, string tenant, string id, string reason)
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        Assert.Contains(reason, await bench.Editor.LinkAsync("ben", new(channel, tenant, id), CancellationToken.None), StringComparison.Ordinal);
        Assert.Null(bench.Principals.Find("ben"));
    }

    [Fact]
    public async Task Many_edits_at_once_are_all_kept()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => bench.Editor.GrantAsync($"p{i}", "viewer", CancellationToken.None))));

        Assert.All(answers, Assert.Null);
        using var again = bench.New();
        await again.LoadAsync(CancellationToken.None);
        Assert.Equal(42, again.Snapshot.Principals.Count);
    }

    [Fact]
    public async Task A_reader_never_sees_half_a_file()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        using var stop = new CancellationTokenSource();
        var first = new TaskCompletionSource();
        var reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.EndsWith("]\n", File.ReadAllText(bench.Options.DataFile), StringComparison.Ordinal);
                first.TrySetResult();
            }
        });

        await first.Task.WaitAsync(Testing.Until.Limit);
        for (var i = 0; i < 100; i++) Assert.Null(await bench.Editor.GrantAsync($"p{i}", "viewer", CancellationToken.None));
        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task What_the_operator_wrote_into_the_gateways_file_meanwhile_is_kept()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        await File.AppendAllTextAsync(bench.Options.DataFile, "  zoe: { roles: [viewer] }\n");

        Assert.Null(await bench.Editor.GrantAsync("ben", "viewer", CancellationToken.None));

        Assert.Equal(["ana", "ben", "owner", "zoe"], bench.Principals.All().Select(p => p.Id));
    }

    [Fact]
    public async Task A_broken_own_file_is_not_overwritten()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        await File.AppendAllTextAsync(bench.Options.DataFile, "  zoe: { rolls: [viewer] }\n");
        var broken = await File.ReadAllTextAsync(bench.Options.DataFile);

        Assert.Contains("rolls", await bench.Editor.GrantAsync("ben", "viewer", CancellationToken.None), StringComparison.Ordinal);

        Assert.Equal(broken, await File.ReadAllTextAsync(bench.Options.DataFile));
        Assert.Null(bench.Principals.Find("ben"));
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_replaced_and_a_link_is_not_followed()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        File.CreateSymbolicLink(bench.Options.DataFile + ".new", bench.Options.WorkspaceFile);

        Assert.Null(await bench.Editor.GrantAsync("ben", "viewer", CancellationToken.None));

        Assert.Equal(Workspace, await File.ReadAllTextAsync(bench.Options.WorkspaceFile));
        Assert.Null(new FileInfo(bench.Options.DataFile).LinkTarget);
        Assert.False(File.Exists(bench.Options.DataFile + ".new"));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_a_refusal_and_changes_nothing()
    {
        using var bench = await AccessBench.LoadedAsync(Workspace);
        // A directory in the way of the new file fails for every user, root included.
        Directory.CreateDirectory(bench.Options.DataFile + ".new");

        Assert.Contains("cannot be written", await bench.Editor.GrantAsync("ben", "viewer", CancellationToken.None), StringComparison.Ordinal);

        Assert.Null(bench.Principals.Find("ben"));
    }
}
