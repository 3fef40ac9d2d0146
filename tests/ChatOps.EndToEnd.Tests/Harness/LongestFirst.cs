using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Chaos;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Platforms;
using ChatOps.EndToEnd.Schedules;
using ChatOps.EndToEnd.Stores;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ChatOps.EndToEnd.Harness;

/// <summary>Classes that take more than a minute, most of it waiting, begin first: at the end of a run nothing would be left to do meanwhile.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        .. new[]
        {
            typeof(SeveralGatewaysTests), typeof(StandStillTests), typeof(ModelKillTests), typeof(ScheduleKillTests), typeof(CrashTests), typeof(KillTests), typeof(ChaosTests), typeof(PlanKillTests),
        }.Select(type => type.FullName!),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => Place(collection))];

    // A class that names no collection is one of its own, which has the class's name in its own.
    private static int Place(ITestCollection collection) => Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name + " ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
