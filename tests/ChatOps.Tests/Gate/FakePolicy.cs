using ChatOps.Fleet;
using ChatOps.Policy;

namespace ChatOps.Tests.Gate;

/// <summary>The first word says the risk: read, change, dangerous, forbidden.</summary>
internal sealed class FakePolicy : ICommandRisk, IApprovalRules
{
    public int Votes { get; set; } = 1;

    public string Version { get; set; } = "1";

    /// <summary>What a test changes the risk of every line to.</summary>
    public Risk? Override { get; set; }

    /// <summary>Whether the rules ask at all.</summary>
    public bool Asks { get; set; } = true;

    /// <summary>The real policy, where a test is about real commands.</summary>
    public ICommandRisk? Real { get; set; }

    public CommandAssessment Assess(string commandLine)
    {
        if (Real is not null) return Real.Assess(commandLine);
        var risk = Override ?? (Enum.TryParse<Risk>(commandLine.Split(' ')[0], ignoreCase: true, out var r) ? r : Risk.Change);
        var program = new CommandProgram([new CommandPipeline(CommandJoin.Always, false, [new SimpleCommand([new CommandWord(commandLine, false)], [])])]);
        return new CommandAssessment(commandLine, risk, $"test.{risk}", "Because the test says so.", risk == Risk.Read ? program : null);
    }

    public ApprovalNeed Decide(string tool, Risk risk, IReadOnlyList<NodeInfo> targets) =>
        new(Asks && risk != Risk.Read, Asks ? Votes : 0, [], risk == Risk.Change, $"{risk} asks");
}
