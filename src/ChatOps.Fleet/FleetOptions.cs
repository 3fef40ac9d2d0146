using ChatOps.Configuration;

namespace ChatOps.Fleet;

/// <summary>The section <c>Fleet</c>: the machines, and the bounds of what runs on them.</summary>
public sealed class FleetOptions
{
    /// <summary>Shortest and longest default timeout.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) DefaultTimeoutRange = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    /// <summary>Fewest and most executions at once.</summary>
    public static readonly (int Min, int Max) MaxParallelRange = (1, 1024);

    /// <summary>How long a command may run when it does not say. 1 s to 1 day; default 60 s.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many executions one fan-out runs at once. 1 to 1,024; default 16.</summary>
    public int MaxParallel { get; set; } = 16;

    /// <summary>The gateway's own machine.</summary>
    public LocalNodeOptions LocalNode { get; } = new();

    /// <summary>Nodes that connect by their daemon.</summary>
    public RelayOptions Relay { get; } = new();

    /// <summary>Nodes that are reached by ssh.</summary>
    public SshOptions Ssh { get; } = new();

    /// <summary>Everything that is wrong, without file and line, which whoever read the options knows.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems()
    {
        var problems = new List<ConfigurationProblem>();
        if (DefaultTimeout < DefaultTimeoutRange.Min || DefaultTimeout > DefaultTimeoutRange.Max) Add("Fleet:DefaultTimeout", "it is 1 second to 1 day.");
        if (MaxParallel < MaxParallelRange.Min || MaxParallel > MaxParallelRange.Max)
            Add("Fleet:MaxParallel", $"it is {MaxParallelRange.Min} to {MaxParallelRange.Max}.");
        if (Relay.MaxNodes < RelayOptions.MaxNodesRange.Min || Relay.MaxNodes > RelayOptions.MaxNodesRange.Max)
            Add("Fleet:Relay:MaxNodes", $"it is {RelayOptions.MaxNodesRange.Min} to {RelayOptions.MaxNodesRange.Max}.");
        if (Relay.Heartbeat < RelayOptions.HeartbeatRange.Min || Relay.Heartbeat > RelayOptions.HeartbeatRange.Max) Add("Fleet:Relay:Heartbeat", "it is 1 second to 2 minutes.");
        if (Ssh.ConfigFile is { } file && !Path.IsPathFullyQualified(file)) Add("Fleet:Ssh:ConfigFile", "it is an absolute path.");
        if (Ssh.ConnectTimeout < SshOptions.ConnectTimeoutRange.Min || Ssh.ConnectTimeout > SshOptions.ConnectTimeoutRange.Max)
            Add("Fleet:Ssh:ConnectTimeout", "it is 1 second to 2 minutes.");
        if (Ssh.MaxSessions < SshOptions.MaxSessionsRange.Min || Ssh.MaxSessions > SshOptions.MaxSessionsRange.Max)
            Add("Fleet:Ssh:MaxSessions", $"it is {SshOptions.MaxSessionsRange.Min} to {SshOptions.MaxSessionsRange.Max}.");
        if (!NodeText.IsName(LocalNode.Name)) Add("Fleet:LocalNode:Name", NodeText.NameRule);
        if (LocalNode.Labels.Count > LocalNodeOptions.MaxLabels) Add("Fleet:LocalNode:Labels", $"a node has at most {LocalNodeOptions.MaxLabels} labels.");
        foreach (var (key, value) in LocalNode.Labels)
        {
            if (!NodeText.IsLabelKey(key)) Add("Fleet:LocalNode:Labels:" + key, NodeText.LabelKeyRule);
            else if (!NodeText.IsLabelValue(value)) Add("Fleet:LocalNode:Labels:" + key, NodeText.LabelValueRule);
        }

        return problems;

        void Add(string key, string reason) => problems.Add(new("configuration", 0, key, reason));
    }
}
