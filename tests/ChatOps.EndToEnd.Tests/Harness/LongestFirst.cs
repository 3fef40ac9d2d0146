using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Chaos;
using ChatOps.EndToEnd.Checks;
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
        typeof(StandStillTests), typeof(SeveralGatewaysTests), typeof(ModelKillTests), typeof(OperationsTests), typeof(PlanKillTests), typeof(ScheduleKillTests), typeof(ThreeServersTests), typeof(CrashTests),
        typeof(FindingTests), typeof(KillTests), typeof(ChaosTests), typeof(DatabaseOutageTests), typeof(LiveWordsTests),
    ];

    // The runner takes the first ones from the front; the others wait for it on a stack of the thread pool, whose last comes next.
    private const int FromTheFront = 3;

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
    {
        var byLength = testCollections.OrderBy(collection => Place(collection)).ToList();
        return [.. byLength.Take(FromTheFront), .. byLength.Skip(FromTheFront).Reverse()];
    }

    // A class that names no collection is one of its own, which has the class's name in its own.
    private static int Place(ITestCollection collection) =>
        Array.FindIndex(Long, type => collection.TestCollectionDisplayName.Contains(type.FullName + " ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}
