using ChatOps.Audit;

namespace ChatOps.Console.Audit;

/// <summary>What the audit page shows.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Records">Newest first.</param>
/// <param name="Next">Address of the next page; null at the end.</param>
/// <param name="Problem">What is wrong with the filter.</param>
/// <param name="People">Known people, for the filter.</param>
/// <param name="Tools">Known tools, for the filter.</param>
/// <param name="MayExport">Whether to offer exports.</param>
public sealed record AuditView(
    AuditFilter Filter, IReadOnlyList<AuditRecord> Records, string? Next, string? Problem, IReadOnlyList<string> People, IReadOnlyList<string> Tools, bool MayExport);
