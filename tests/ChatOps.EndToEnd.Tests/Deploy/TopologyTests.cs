using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Deploy;

/// <summary>The installation that compose.yaml describes, as plain processes.</summary>
public sealed class TopologyTests
{
    [Fact]
    public async Task Two_gateways_answer_through_one_address_and_one_goes_on_when_the_other_is_killed() =>
        Assert.Contains("The topology of compose.yaml holds", await Walk.RunAsync("topology.sh", TestContext.Current.CancellationToken), StringComparison.Ordinal);
}
