using ChatOps.Checks;

namespace ChatOps.Storage;

/// <summary>What is done about findings, and what runbook notes have shown.</summary>
public interface IFindingWorkStore
{
    /// <summary>Adds or replaces a response.</summary>
    void Set(FindingResponse response);

    /// <summary>The response to a finding.</summary>
    FindingResponse? Response(string findingId);

    /// <summary>Responses that are not done, oldest first.</summary>
    IReadOnlyList<FindingResponse> OpenResponses(int limit);

    /// <summary>Responses for which a model was asked since a time.</summary>
    IReadOnlyList<FindingResponse> AskedSince(DateTimeOffset since);

    /// <summary>How far notes are trusted.</summary>
    IReadOnlyList<RunbookRecord> Records();

    /// <summary>Sets one.</summary>
    void Set(RunbookRecord record);

    /// <summary>Adds or replaces a run.</summary>
    void Set(RunbookRun run);

    /// <summary>Runs without an end, oldest first.</summary>
    IReadOnlyList<RunbookRun> OpenRuns(int limit);

    /// <summary>The newest runs of a note.</summary>
    IReadOnlyList<RunbookRun> Runs(string note, int limit);
}
