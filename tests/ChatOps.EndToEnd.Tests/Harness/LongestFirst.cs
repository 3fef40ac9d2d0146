using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Chaos;
using ChatOps.EndToEnd.Checks;
using ChatOps.EndToEnd.Console;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Deploy;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Platforms;
using ChatOps.EndToEnd.Schedules;
using ChatOps.EndToEnd.Stores;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ChatOps.EndToEnd.Harness;

/// <summary>Classes that take about a minute or more, most of it waiting, begin first: at the end of a run nothing would be left to do meanwhile.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long =
    [
        typeof(StandStillTests), typeof(SeveralGatewaysTests), typeof(ModelKillTests), typeof(CrashTests), typeof(ScheduleKillTests), typeof(ChaosTests), typeof(KillTests), typeof(OperationsTests),
        typeof(FindingTests), typeof(PlanKillTests), typeof(LiveWordsTests), typeof(PageTests), typeof(TopologyTests), typeof(ThreeServersTests), typeof(DatabaseOutageTests),
    ];

    private const int Threads = 64;

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
    {
        // The runner hands all of them to the thread pool at once. Threads that are waiting take them from the front; with too few of them the runner's own thread would take them, from the back.
        ThreadPool.GetMinThreads(out var threads, out var completionPorts);
        ThreadPool.SetMinThreads(Math.Max(threads, Threads), completionPorts);
        return [.. testCollections.OrderBy(collection => Place(collection))];
    }

    // A class that names no collection is one of its own, which has the class's name in its own.
    private static int Place(ITestCollection collection) =>
        Array.FindIndex(Long, type => collection.TestCollectionDisplayName.Contains(type.FullName + " ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
