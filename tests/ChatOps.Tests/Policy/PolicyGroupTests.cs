using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Policy.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Policy;

/// <summary>Rules over a group of nodes: a group that nobody wrote would quietly loosen them.</summary>
public sealed class PolicyGroupTests
{
    private const string TwoVotesOnProd = "approvals:\n- on: '@prod'\n  votes: 2\n";

    [Fact]
    public async Task A_rule_over_a_group_that_nobody_wrote_stops_the_start_with_line_reason_and_what_there_is()
    {
        using var file = new TemporaryFile("approvals:\n- tool: run\n  on: env=prod,@prdo\n  votes: 2\n");
        using var host = Host(file.Path, new WrittenGroups(("prod", "env=prod"), ("web", "role=web")));

        var refused = await Assert.ThrowsAsync<ConfigurationProblemsException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal((file.Path, 3, "approvals[0].on", "prod"), (problem.File, problem.Line, problem.Key, problem.Nearest));
        Assert.Contains("there is no group 'prdo', the rule would hold for no node; there are prod, web", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_over_a_group_that_is_written_starts_and_holds()
    {
        using var file = new TemporaryFile(TwoVotesOnProd);
        var groups = new WrittenGroups(("prod", "env=prod"));
        using var host = Host(file.Path, groups);

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, Votes(host.Services.GetRequiredService<IApprovalRules>(), groups));
        Assert.Empty(host.Services.GetRequiredService<IReloadStatus>().Problems);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_new_text_over_an_unknown_group_is_refused_and_the_last_good_one_stays_until_the_group_is_written()
    {
        using var file = new TemporaryFile(TwoVotesOnProd);
        var groups = new WrittenGroups(("prod", "env=prod"));
        var (source, rules) = Loaded(file.Path, groups);

        file.Write("approvals:\n- on: '@produ'\n  votes: 3\n");
        source.Take(source.Look());

        Assert.Equal(2, Votes(rules, groups));
        var problem = Assert.Single(source.Problems);
        Assert.Equal((2, "prod"), (problem.Line, problem.Nearest));
        groups.Write(("produ", "env=prod"), ("prod", "env=prod"));
        source.FollowGroups();
        Assert.Equal(3, Votes(rules, groups));
        Assert.Empty(source.Problems);
    }

    [Fact]
    public void A_rule_whose_group_vanishes_goes_on_to_hold_for_what_the_group_was_and_that_is_said()
    {
        using var file = new TemporaryFile(TwoVotesOnProd);
        var groups = new WrittenGroups(("prod", "env=prod"));
        var (source, rules) = Loaded(file.Path, groups);

        groups.Write(("production", "env=prod"));

        // at once, before anything has looked at the files again
        Assert.Equal(2, Votes(rules, groups));
        source.FollowGroups();
        Assert.Equal(2, Votes(rules, groups));
        var problem = Assert.Single(source.Problems);
        Assert.Contains("there is no group 'prod', until it is mended the rule holds for what the group was: env=prod; there are production", problem.Reason, StringComparison.Ordinal);

        file.Write("approvals:\n- on: '@production'\n  votes: 2\n");
        source.Take(source.Look());
        Assert.Equal(2, Votes(rules, groups));
        Assert.Empty(source.Problems);
    }

    [Fact]
    public void Where_no_group_is_written_that_is_said()
    {
        using var file = new TemporaryFile(TwoVotesOnProd);
        var source = new PolicySource(new PolicyOptions { PolicyFile = file.Path }, PolicyUnderTest.BuiltIn, TimeProvider.System, NullLogger<PolicySource>.Instance, new WrittenGroups());

        var refused = Assert.Throws<ConfigurationProblemsException>(source.CheckGroups);

        Assert.Contains("no group is written in access.yaml", Assert.Single(refused.Problems).Reason, StringComparison.Ordinal);
    }

    private static (PolicySource Source, ApprovalRules Rules) Loaded(string path, WrittenGroups groups)
    {
        var source = new PolicySource(new PolicyOptions { PolicyFile = path }, PolicyUnderTest.BuiltIn, TimeProvider.System, NullLogger<PolicySource>.Instance, groups);
        source.CheckGroups();
        return (source, new ApprovalRules(source));
    }

    private static int Votes(IApprovalRules rules, WrittenGroups groups)
    {
        var node = new NodeInfo("web-1", new Dictionary<string, string> { ["env"] = "prod" }, NodeState.Online, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch);
        return rules.Decide("run", Risk.Change, [node with { Groups = [.. groups.All.Where(g => g.Value.Matches(node)).Select(g => g.Key)] }]).Votes;
    }

    private static IHost Host(string path, WrittenGroups groups)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<INodeGroups>(groups).AddPolicy(new PolicyOptions { PolicyFile = path });
        return builder.Build();
    }

    private sealed class WrittenGroups : INodeGroups
    {
        public WrittenGroups(params ReadOnlySpan<(string Name, string On)> groups) => Write(groups);

        public IReadOnlyDictionary<string, Selector> All { get; private set; } = new Dictionary<string, Selector>();

        public void Write(params ReadOnlySpan<(string Name, string On)> groups)
        {
            var all = new Dictionary<string, Selector>(StringComparer.Ordinal);
            foreach (var (name, on) in groups) all[name] = Selector.TryParse(on, out var selector, out var error) ? selector : throw new ArgumentException(error);
            All = all;
        }
    }
}
