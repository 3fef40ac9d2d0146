using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>README's walk "Manage three servers", as it is written, over a network between a gateway and three machines.</summary>
public sealed class ThreeServersTests
{
    [Fact]
    public async Task The_walk_of_the_readme_holds_command_by_command() =>
        Assert.Contains("Manage three servers\" holds", await Walk.RunAsync("three-servers.sh", TestContext.Current.CancellationToken), StringComparison.Ordinal);
}
