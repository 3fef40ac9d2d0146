using ChatOps.Audit;
using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Fleet;

public sealed class FleetNodesTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly CountingMachine machine = new();
    private readonly SettableTime time = new();

    [Fact]
    public void The_gateways_own_machine_is_a_node_with_labels_and_facts()
    {
        var options = new FleetOptions();
        options.LocalNode.Labels["env"] = "dev";

        var node = Assert.Single(Nodes(options).All());

        Assert.Equal(("local", NodeState.Online), (node.Name, node.State));
        Assert.Equal("dev", node.Labels["env"]);
        Assert.Equal("1", node.Facts["reads"]);
        Assert.Equal(time.GetUtcNow(), node.LastSeen);
    }

    [Fact]
    public async Task Nodes_say_which_groups_they_belong_to()
    {
        var options = new FleetOptions();
        options.LocalNode.Labels["env"] = "dev";
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time).AddSingleton<IExecutor>(machine).AddSingleton<INodeFacts>(machine).AddSingleton<IStore>(new UnavailableStore("not needed here")).AddSingleton<IAuditWriter, NoAudit>()
            .AddSingleton<INodeGroups, TwoGroups>().AddSingleton<IMessageBus, FakeMessageBus>().AddSingleton<IGateways, LoneGateway>().AddFleet(options, directory.Path).AddLogging().BuildServiceProvider();
        var nodes = services.GetRequiredService<INodes>();

        Assert.Equal(["dev"], Assert.Single(nodes.All()).Groups);
        Assert.Equal(["dev", "prod"], nodes.Groups.Order());
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(5, "1")]
    [InlineData(6, "2")]
    [InlineData(-3600, "2")]
    public void Facts_are_read_again_when_they_are_old_or_the_clock_jumped(int secondsLater, string reads)
    {
        var nodes = Nodes(new());
        nodes.All();

        time.Now += TimeSpan.FromSeconds(secondsLater);

        Assert.Equal(reads, Assert.Single(nodes.All()).Facts["reads"]);
    }

    [Fact]
    public async Task An_execution_on_the_local_node_reaches_the_machine_unchanged()
    {
        var request = Request("local");

        var result = await Nodes(new()).ExecuteAsync(request, machine, CancellationToken.None);

        Assert.Same(request, Assert.Single(machine.Ran));
        Assert.True(result.Succeeded);
    }

    [Theory]
    [InlineData("web-1")]
    [InlineData("Local")]
    [InlineData("")]
    public async Task A_node_that_is_not_there_is_unreachable_and_nothing_runs(string name)
    {
        var result = await Nodes(new()).ExecuteAsync(Request(name), machine, CancellationToken.None);

        Assert.Equal(ExecutionEnd.Unreachable, result.End);
        Assert.StartsWith($"There is no node '{name}'", result.Message, StringComparison.Ordinal);
        Assert.Empty(machine.Ran);
    }

    [Fact]
    public async Task Without_the_local_node_nothing_runs_here_and_the_health_says_so()
    {
        var options = new FleetOptions { LocalNode = { Enabled = false } };
        using var services = Services(options);

        Assert.Empty(services.GetRequiredService<INodes>().All());
        Assert.Equal(ExecutionEnd.Unreachable, (await services.GetRequiredService<INodes>().ExecuteAsync(Request("local"), machine, CancellationToken.None)).End);
        var health = await services.GetRequiredService<IHealthPart>().CheckAsync(CancellationToken.None);
        Assert.Equal(PartState.Degraded, health.State);
        Assert.Contains("Fleet:LocalNode:Enabled", health.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_takes_work_is_healthy()
    {
        using var services = Services(new());

        var health = await services.GetRequiredService<IHealthPart>().CheckAsync(CancellationToken.None);

        Assert.Equal((PartState.Ok, "1 node: local"), (health.State, health.Summary));
        Assert.Equal("1", health.Facts["online"]);
    }

    [Fact]
    public void All_bad_options_are_told_at_once()
    {
        var options = new FleetOptions { DefaultTimeout = TimeSpan.Zero, MaxParallel = 0, LocalNode = { Name = "all" } };
        options.LocalNode.Labels["node"] = "x";
        options.LocalNode.Labels["env"] = "a b";

        var refused = Assert.Throws<ConfigurationProblemsException>(() => new ServiceCollection().AddFleet(options, "/nowhere"));

        Assert.Equal(
            ["Fleet:DefaultTimeout", "Fleet:MaxParallel", "Fleet:LocalNode:Name", "Fleet:LocalNode:Labels:env", "Fleet:LocalNode:Labels:node"],
            refused.Problems.Select(p => p.Key));
    }

    [Theory]
    [InlineData("local", true)]
    [InlineData("web-1.eu_2", true)]
    [InlineData("Local", false)]
    [InlineData("drained", false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a*", false)]
    [InlineData("a:b", false)]
    public void A_name_that_may_be_given_can_be_selected(string name, bool good)
    {
        Assert.Equal(good, new FleetOptions { LocalNode = { Name = name } }.Problems().Count == 0);
        if (good) Assert.True(Selector.TryParse(name, out _, out _));
    }

    public void Dispose() => directory.Dispose();

    private static ExecutionRequest Request(string node) => new("x1", node, "true", null, "/", TimeSpan.FromSeconds(1), new(1, 1, 0, null));

    private INodes Nodes(FleetOptions options) => Services(options).GetRequiredService<INodes>();

    private ServiceProvider Services(FleetOptions options) => new ServiceCollection()
        .AddSingleton<TimeProvider>(time).AddSingleton<IExecutor>(machine).AddSingleton<INodeFacts>(machine).AddSingleton<IStore>(new UnavailableStore("not needed here")).AddSingleton<IAuditWriter, NoAudit>()
        .AddSingleton<IMessageBus, FakeMessageBus>().AddSingleton<IGateways, LoneGateway>().AddFleet(options, directory.Path).AddLogging().BuildServiceProvider();

    private sealed class TwoGroups : INodeGroups
    {
        public IReadOnlyDictionary<string, Selector> All { get; } = new[] { "dev", "prod" }.ToDictionary(
            name => name, name => Selector.TryParse("env=" + name, out var selector, out var error) ? selector : throw new InvalidOperationException(error));
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class CountingMachine : IExecutor, INodeFacts, IExecutionOutput
    {
        private int reads;

        public List<ExecutionRequest> Ran { get; } = [];

        public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string> { ["reads"] = $"{++reads}" };

        public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
        {
            Ran.Add(request);
            return Task.FromResult(new ExecutionResult(ExecutionEnd.Exited, 0, "", 0, 0, null, TimeSpan.Zero, null));
        }

        public void Append(string text)
        {
        }
    }
}
