using ChatOps.Benchmarks.Start;

namespace ChatOps.Benchmarks.Slack;

/// <summary>What a reply costs in processor time, which a loaded machine distorts less than rates.</summary>
/// <param name="ours">The gateway.</param>
/// <param name="theirs">The reference.</param>
internal sealed class ProcessorCosts(Server ours, Server theirs)
{
    private readonly List<double> mine = [];
    private readonly List<double> reference = [];

    /// <summary>Microseconds a reply, the median of the rounds.</summary>
    public double Ours => mine.Median();

    /// <summary>The same of the reference.</summary>
    public double Theirs => reference.Median();

    /// <summary>Runs a round of ours.</summary>
    public Task<double> OfOursAsync(Func<Task<double>> round, Func<int> done) => RunAsync(ours, mine, round, done);

    /// <summary>Runs a round of the reference.</summary>
    public Task<double> OfTheirsAsync(Func<Task<double>> round, Func<int> done) => RunAsync(theirs, reference, round, done);

    private static async Task<double> RunAsync(Server server, List<double> costs, Func<Task<double>> round, Func<int> done)
    {
        var before = server.ProcessorTime;
        var result = await round();
        costs.Add((server.ProcessorTime - before).TotalMicroseconds / done());
        return result;
    }
}
